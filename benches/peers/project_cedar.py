"""Policies and their schema, for cedar: units of about 42 lines, in one file, as cedar takes them."""

import os
import sys

TEAMS = ["editors", "auditors", "partners", "guests", "owners"]

SCHEMA = """entity Team;
entity Person in [Team] { age: Long, name: String, level: Long };
entity Folder in [Folder] { owner: Person, labels: Set<String> };
entity Paper in [Folder] { owner: Person, labels: Set<String>, pages: Long };
action read, write, print appliesTo { principal: [Person], resource: [Paper] };
"""


def unit(index):
    team = TEAMS[index % len(TEAMS)]
    age = 16 + index % 60
    pages = 5 + index % 400
    return f"""// List {index}: what {team} may do.
@id("read_{index}")
permit (
  principal in Team::"{team}_{index % 97}",
  action in [Action::"read", Action::"print"],
  resource
)
when {{
  principal.age >= {age} &&
  (resource.owner == principal || resource.labels.contains("{team}"))
}};

@id("write_{index}")
permit (
  principal in Team::"{team}_{index % 89}",
  action == Action::"write",
  resource in Folder::"f{index}"
)
when {{
  principal.level > {index % 5} &&
  resource.pages < {pages}
}}
unless {{
  resource.labels.contains("closed")
}};

@id("print_{index}")
forbid (
  principal,
  action == Action::"print",
  resource
)
when {{
  resource.pages > {pages * 3} &&
  !(principal.name like "*{team}*")
}}
unless {{
  principal in Team::"owners_{index % 31}" ||
  resource.owner == principal
}};

"""


def main():
    folder, units = sys.argv[1], int(sys.argv[2])
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "schema.cedarschema"), "w", encoding="utf-8") as file:
        file.write(SCHEMA)
    lines = size = 0
    with open(os.path.join(folder, "all.cedar"), "w", encoding="utf-8") as file:
        for index in range(units):
            text = unit(index)
            file.write(text)
            lines += text.count("\n")
            size += len(text.encode())
    print(lines, size)


if __name__ == "__main__":
    main()
