/** A document in a list of three. What it is called in its own text: `KIND_NAMES`. */
export const kindWords = {
  vi: {
    'desk.kind.covenant': 'Giao ước',
    'desk.kind.plan': 'Kế hoạch',
    'desk.kind.regulation': 'Quy chế',
  },
  en: {
    'desk.kind.covenant': 'Covenant',
    'desk.kind.plan': 'Plan',
    'desk.kind.regulation': 'Regulation',
  },
} as const
