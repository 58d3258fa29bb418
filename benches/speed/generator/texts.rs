//! What varies from one generated file to the next.

/// One of several, in turn.
pub fn pick<T: Copy>(choices: &[T], turn: usize) -> T {
    choices[turn % choices.len()]
}

/// The first part of names.
pub const CAMPAIGNS: [&str; 7] = [
    "spring_appeal",
    "winter_coats",
    "school_meals",
    "shore_cleaning",
    "open_doors",
    "second_gift",
    "monthly_giving",
];

/// A subject, in French and in English.
pub const SUBJECTS: [(&str, &str); 5] = [
    ("votre geste compte encore", "your gesture still counts"),
    ("on continue ensemble ?", "shall we go on together?"),
    ("ce que vous avez soutenu", "what you supported"),
    ("trois jours pour doubler", "three days to double it"),
    ("quarante enfants à l'école", "forty children at school"),
];

/// The first sentences of a message, in French and in English.
pub const OPENINGS: [(&str, &str); 4] = [
    (
        "Depuis votre dernier don, la rive a été nettoyée sur trois kilomètres : voici ce que cela a changé.",
        "Since your last gift three kilometres of the shore were cleaned: this is what has changed.",
    ),
    (
        "Vous avez lu nos nouvelles. Voulez-vous prendre part à la suite ?",
        "You read our news. Will you be part of what comes next?",
    ),
    (
        "Chaque repas servi à l'école coûte deux dollars et demi, et personne ne le prend seul.",
        "Each meal at school costs two dollars and a half, and nobody has it alone.",
    ),
    (
        "Les manteaux sont arrivés avant la neige, grâce à vous et à deux cents voisins.",
        "The coats came before the snow, thanks to you and two hundred neighbours.",
    ),
];

/// The steps of a journey; words in capitals are put in for each file.
pub const STEPS: [&str; 3] = [
    "  monday: wait until monday at 09:00
  ask: send MESSAGE by email within 2 days else {
    exit unreachable
  }
  reaction: wait up to DAYS days {
    on ask.clicked as click where link == \"give\" {
      set member.stage = consideration
    }
    else {
      set member.stage = lapsed
    }
  }
",
    "  rest: wait DAYS days at 10:00
  if member in SEGMENT and member.points > 20 {
    ask: send MESSAGE by member.preferred_channel, email, sms within 2 days else {
      exit unreachable
    }
    reaction: wait up to 5 days {
      on ask.clicked {
        exit reached
      }
      else {
        set member.stage = consideration
      }
    }
  }
",
    "  if member.MEASURE >= 100 CAD {
    set member.stage = loyal
  }
  match member.stage {
    loyal {
      to_friends: send MESSAGE by email, sms else {
        exit unreachable
      }
    }
    else {
      to_others: send MESSAGE by email within DAYS days else {
        exit unreachable
      }
    }
  }
  pause: wait DAYS days
  finally {
    set member.points = member.points + 1
  }
",
];
