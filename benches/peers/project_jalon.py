"""A realistic Jalon project of any size: the same text as `benches/speed/generator` writes.

One file has the shared schema; each other file is about 42 lines of one team's work. With errors,
mistakes of one kind are put into some files, at their start, middle or end.
"""

import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
SPEED = os.path.join(HERE, "..", "speed", "generator")


def texts():
    """The lists of `texts.rs`, so that there is one copy of them."""
    with open(os.path.join(SPEED, "texts.rs"), encoding="utf-8") as file:
        source = file.read()
    lists = {}
    for name, body in re.findall(r"const (\w+): \[[^=]*?\] = \[(.*?)\n\];", source, re.S):
        found = re.findall(r'"((?:[^"\\]|\\.)*)"', body, re.S)
        plain = [text.replace('\\"', '"').replace("\\\n", "") for text in found]
        lists[name] = plain
    for name in ("SUBJECTS", "OPENINGS"):
        words = lists[name]
        lists[name] = list(zip(words[0::2], words[1::2]))
    return lists


LISTS = texts()
SEGMENTS_EVERY = 8
RULES_EVERY = 400


def pick(name, turn):
    choices = LISTS[name]
    return choices[turn % len(choices)]


def message_name(index):
    return f"{pick('CAMPAIGNS', index // 7)}_{index}"


def segments(index):
    months = 3 + index % 21
    amount = 50 + index % 450
    text = ""
    for part in range(3):
        m = months + part
        text += f"""/// Gave once, and not for {m} months; the list of the team, part {part}.
segment quiet_{index}_{part} of member: Member =
  any(member.gifts)
  and none(member.gifts in last {m} months)
  and member.stage != dormant
  and member.points >= {amount}

/// What a person gave in {m} months.
measure given_{index}_{part} of member: Member =
  sum(amount of member.gifts in last {m} months)

"""
    return text + f"""/// Gives enough for a letter.
segment major_{index} of member: Member =
  sum(amount of member.gifts) >= {amount} CAD and member.birth_date is known
"""


def rules(index):
    return f"""
/// The rules of one team, for everyone.
consent team_{index} for member: Member {{
  forbid any for fundraising, relationship when member.stage == dormant
  forbid sms for fundraising between 21:00 and 09:00 else delay
  limit email, sms for fundraising, research to {2 + index % 3} per 7 days else skip
}}
"""


def message(index):
    (subject_fr, subject_en) = pick("SUBJECTS", index)
    (opening_fr, opening_en) = pick("OPENINGS", index // 3)
    campaign = pick("CAMPAIGNS", index // 7)
    link = f"https://fondation.example.org/{campaign}/{index}"
    points = index % 100

    def content(language, hello, subject, opening, thanks, unit, stop, colon):
        return f"""  content {language} {{
    email {{
      subject "{{{{ member.first_name | default: '{hello}' }}}}, {subject}"
      body text \"\"\"
        {opening}
        {{% if member.points > {points} %}}{thanks} {{{{ member.points }}}} {unit}.{{% endif %}}
        {{{{ '{link}' | link: 'give' }}}}

        {{{{ sender_address }}}} {{{{ unsubscribe }}}}
      \"\"\"
    }}
    sms "Fondation Rivage{colon} {subject} {{{{ '{link}' | link: 'give' }}}} {stop}"
  }}
"""

    return (
        f"message {message_name(index)} for member: Member {{\n  purpose appeals\n"
        + content("fr", "Bonjour", subject_fr, opening_fr, "Merci pour vos", "points",
                  "STOP pour ne plus recevoir de SMS", " :")
        + content("en", "Hello", subject_en, opening_en, "Thank you for your", "points",
                  "STOP to opt out", ":")
        + "}\n"
    )


def journey(index, message):
    campaign = pick("CAMPAIGNS", index // 7)
    segment = index // SEGMENTS_EVERY * SEGMENTS_EVERY
    part = index % 3
    entry = [
        f"enter when member in quiet_{segment}_{part}",
        f"enter on gift_made as gift where gift.amount >= {index % 90} CAD",
        f"enter every year on member.birth_date at {8 + index % 10:02}:00",
    ][index % 3]
    steps = (
        pick("STEPS", index // 2)
        .replace("MESSAGE", message)
        .replace("SEGMENT", f"major_{segment}")
        .replace("MEASURE", f"given_{segment}_{part}")
        .replace("DAYS", str(2 + index % 12))
    )
    return f"""/// {campaign}, list {index}: one reminder, then silence.
journey {campaign}_journey_{index} for member: Member {{
  title "Campaign {index}"
  purpose appeals
  {entry}
  reenter after {6 + index % 12} months
  goal gift_made where amount > 0 CAD within {30 + index % 60} days worth amount
  leave on email.unsubscribed
  leave when member.stage == dormant

{steps}}}
"""


def unit(index):
    if index % RULES_EVERY == 0:
        return segments(index) + rules(index)
    if index % SEGMENTS_EVERY == 0:
        return segments(index)
    if index % 2 == 0:
        return journey(index, message_name(index - 1))
    return message(index) + "\n" + journey(index, message_name(index))


# A declaration for each stage, with a place for a mistake of that stage; what is wrong there: a
# word too much, a value of a wrong type, a name that nothing has, a field that nobody has; and
# what is right.
MISTAKES = {
    "syntax": ("segment extra_{i} of member: Member =\n  member.points >= @\n", ">= 3", "3"),
    "types": ("segment extra_{i} of member: Member =\n  member.points >= @\n", '"many"', "3"),
    "names": (
        "segment extra_{i} of member: Member =\n  member.stage == @ and member.points > 3\n",
        "dorment", "dormant",
    ),
    "segments": (
        "segment extra_{i} of member: Member =\n  member in @ and member.points > 3\n",
        "quiet_0_O", "quiet_0_0",
    ),
    "templates": (
        "message extra_{i} for member: Member {{\n  purpose appeals\n"
        "  content fr {{\n    sms \"Bonjour {{{{ @ }}}} STOP\"\n  }}\n"
        "  content en {{\n    sms \"Hello STOP\"\n  }}\n}}\n",
        "member.pionts", "member.points",
    ),
}


def extra(kind, index, right):
    form, wrong, correct = MISTAKES[kind]
    return form.format(i=index).replace("@", correct if right else wrong)


def with_mistake(text, kind, where, index, right):
    mistake = extra(kind, index, right)
    if where == "start":
        return mistake + "\n" + text
    if where == "end":
        return text + "\n" + mistake
    # Between two declarations: the last that is not the first.
    starts = [m.start() for m in re.finditer(r"^(?:///.*\n)*(?:segment|measure|journey|consent|message)\b", text, re.M)]
    middle = starts[len(starts) // 2] if len(starts) > 1 else 0
    return text[:middle] + mistake + "\n" + text[middle:]


def write(folder, files, errors=0, kind="types", where="end", one_file=False, errors_in_one=False,
          right=False):
    """Writes a project; gives its lines and bytes."""
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(SPEED, "jalon.toml"), encoding="utf-8") as file:
        manifest = file.read()
    with open(os.path.join(SPEED, "schema.jalon"), encoding="utf-8") as file:
        schema = file.read()
    with open(os.path.join(folder, "jalon.toml"), "w", encoding="utf-8") as file:
        file.write(manifest)
    written = {"schema.jalon": schema}
    for index in range(files - 1):
        text = unit(index)
        if index < errors and not errors_in_one:
            text = with_mistake(text, kind, where, index, right)
        written[f"journeys/{index // 100:03}/f{index:05}.jalon"] = text
    if errors_in_one:
        mistakes = "\n".join(extra(kind, i, right) for i in range(errors))
        written["journeys/mistakes.jalon"] = mistakes
    if one_file:
        written = {"all.jalon": "\n".join(written.values())}
    for path, text in written.items():
        path = os.path.join(folder, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    lines = sum(text.count("\n") for text in written.values())
    size = sum(len(text.encode()) for text in written.values())
    return lines, size


def main():
    import argparse

    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder")
    parser.add_argument("files", type=int)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--kind", choices=sorted(MISTAKES), default="types")
    parser.add_argument("--where", choices=["start", "middle", "end"], default="end")
    parser.add_argument("--one-file", action="store_true")
    parser.add_argument("--errors-in-one", action="store_true")
    parser.add_argument("--right", action="store_true", help="the same places without mistakes")
    given = parser.parse_args()
    lines, size = write(given.folder, given.files, given.errors, given.kind, given.where,
                        given.one_file, given.errors_in_one, given.right)
    print(lines, size)


if __name__ == "__main__":
    main()
