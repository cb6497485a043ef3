/** Digests by mail. */
export const MAIL_PLANTS = [
  {
    name: 'own-words-mailed',
    why: 'what an agency says among its own lies in the logs of other people’s mail servers',
    edits: [
      {
        file: 'server/inbox/mail/gatherDigest.ts',
        find: `    .where('audience', '=', 'all')
`,
        replace: '',
      },
    ],
    suites: [['tests/server/inbox/mail/digest.test.ts', 'own words are in no mail']],
  },
  {
    name: 'digest-marked-unsent',
    why: 'whoever was to hear of something while the mail server was down never does',
    edits: [
      {
        file: 'server/inbox/mail/DigestRounds.ts',
        find: `    if (items.length > 0) {
`,
        replace: `    await this.#mark(accountId, day, items)
    if (items.length > 0) {
`,
      },
    ],
    suites: [['tests/server/inbox/mail/delivery.test.ts', 'is asked again']],
  },
  {
    name: 'digest-sent-each-minute',
    why: 'while the disk takes nothing everybody gets the same mail over and over',
    edits: [
      {
        file: 'server/inbox/mail/DigestRounds.ts',
        find: `    this.#unmarked.set(accountId, { day, items })
`,
        replace: '',
      },
    ],
    suites: [['tests/server/inbox/mail/delivery.test.ts', 'sent, but not marked']],
  },
  {
    name: 'markup-in-a-mail',
    why: 'a comment puts its own links and pictures into mail that comes from us',
    edits: [
      {
        file: 'server/inbox/mail/writeLetters.ts',
        find: `text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)`,
        replace: 'text',
      },
    ],
    suites: [['tests/server/inbox/mail/digest.test.ts', 'markup and line ends']],
  },
]
