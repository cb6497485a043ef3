/** Who may do what, and when. @see plants.mjs */
export const RIGHTS_PLANTS = [
  {
    name: 'role-read-once',
    why: 'whose right to write was withdrawn goes on writing',
    edits: [
      {
        file: 'server/sync/judgeGroup.ts',
        find: `  const actors = new Map<string, BlocActor | undefined>()
`,
        replace: `  const room = court.text as unknown as { actors?: Map<string, BlocActor | undefined> }
  room.actors ??= new Map<string, BlocActor | undefined>()
  const { actors } = room
`,
      },
    ],
    suites: [['tests/sync/rights.test.ts', 'a role withdrawn counts from the next frame on']],
  },
  {
    name: 'rights-watch-asleep',
    why: 'who only listens goes on listening after the right to read is withdrawn',
    edits: [
      {
        file: 'server/sync/RightsWatch.ts',
        find: `setTimeout(() => void this.#round(), EVERY_MS)`,
        replace: `setTimeout(() => {}, EVERY_MS)`,
      },
    ],
    suites: ['tests/sync/rightsWatch.test.ts'],
  },
  {
    name: 'session-end-unheard',
    why: 'a tab left open at a strange computer stays in the document after signing out',
    edits: [
      {
        file: 'server/sync/Connections.ts',
        find: `      if (peer.sessionId === sessionId) peer.refuse('auth/required')`,
        replace: `      if (peer.sessionId === sessionId) void peer`,
      },
      {
        file: 'server/sync/RightsWatch.ts',
        find: `      if (ended.has(peer.sessionId)) {`,
        replace: `      if (ended.has('')) {`,
      },
    ],
    suites: [['tests/sync/rights.test.ts', 'a session that ends takes its sockets with it']],
  },
  {
    name: 'origin-unchecked',
    why: 'a page of anybody’s can open a document with the visitor’s cookie',
    edits: [
      {
        file: 'server/sync/gateway.ts',
        find: `    if (!this.#ports.isAllowedOrigin(req)) return 'auth/forbidden'
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/rights.test.ts', 'a foreign Origin is 403 before 101']],
  },
  {
    name: 'forged-request-taken',
    why: 'a page of anybody’s can act with the visitor’s cookie',
    edits: [
      {
        file: 'server/platform/http.ts',
        find: `    if (UNSAFE.has(req.method) && !isSameOrigin(req, origins()))`,
        replace: `    if (!UNSAFE.has(req.method) && !isSameOrigin(req, origins()))`,
      },
    ],
    suites: [['tests/server/access/badInput.test.ts', 'pages of others']],
  },
  {
    name: 'observer-writes',
    why: 'who may only read can write by a client of his own',
    edits: [
      {
        file: 'server/sync/judgeGroup.ts',
        find: `  if (!writes) return refused('auth/forbidden')
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/rights.test.ts', 'an update, a step 2 and a mere deletion are 4403']],
  },
  {
    name: 'presence-name-believed',
    why: 'anybody can appear under a colleague’s name',
    edits: [
      {
        file: 'server/sync/Presence.ts',
        find: `= { user: peer.user }`,
        replace: `= { user: given.user ?? peer.user }`,
      },
    ],
    suites: [['tests/sync/presence.test.ts', 'who somebody is comes from the session']],
  },
  {
    name: 'notice-to-all',
    why: 'a thread for one’s own agency is announced to the others',
    edits: [
      {
        file: 'server/sync/Connections.ts',
        find: `(!only || peer.agencyId === only.agencyId)`,
        replace: `(!only || peer.agencyId !== '')`,
      },
    ],
    suites: [['tests/sync/rights.test.ts', 'notices reach the document’s sockets']],
  },
  {
    name: 'fence-without-phase',
    why: 'a word that comes in the moment of the lock changes the locked text',
    edits: [
      {
        file: 'server/platform/sqliteWriter.ts',
        find: `  if (now.phase !== 'drafting' || now.epoch !== batch.epoch)`,
        replace: `  if (now.epoch !== batch.epoch)`,
      },
    ],
    suites: [['tests/sync/lock.test.ts', 'a lock that slips in between check and append']],
  },
  {
    name: 'lock-checked-in-the-client',
    why: 'any client but ours goes on writing into the locked text',
    edits: [
      {
        file: 'server/sync/judgeGroup.ts',
        find: `  if (state.phase !== 'drafting') return { kind: 'late' }
`,
        replace: ``,
      },
      {
        file: 'server/platform/sqliteWriter.ts',
        find: `  if (now.phase !== 'drafting' || now.epoch !== batch.epoch)`,
        replace: `  if (now.epoch !== batch.epoch)`,
      },
    ],
    suites: [['tests/sync/lock.test.ts', 'an update, a step 2 and a mere deletion are kept']],
  },
  {
    name: 'late-words-dropped',
    why: 'what somebody wrote before he heard of the lock is refused and gone',
    edits: [
      {
        file: 'server/sync/deliverVerdicts.ts',
        find: `  const [first] = late
  if (!first) return
`,
        replace: `  const [first] = late
  if (!first) return
  if (late.length > 0) return peer.refuse('document/locked', first.number, { lateId: '' })
`,
      },
    ],
    suites: [['tests/sync/lock.test.ts', 'an update, a step 2 and a mere deletion are kept']],
  },
  {
    name: 'late-refused-before-stored',
    why: 'a crash right after the refusal takes the words it says it has kept',
    edits: [
      {
        file: 'server/sync/deliverVerdicts.ts',
        find: `    const { id, fresh } = await storeLate(`,
        replace: `    peer.refuse('document/locked', first.number, {})
    const { id, fresh } = await storeLate(`,
      },
    ],
    suites: [['tests/sync/lock.test.ts', 'the bytes are on disk before the refusal']],
  },
  {
    name: 'agency-thread-shown',
    why: 'what an agency discusses among its own is read by the others',
    edits: [
      {
        file: 'server/comments/threadStore.ts',
        find: `    .where('status', '!=', GONE)
    .where((eb) => eb.or([eb('audience', '=', 'all'), eb('agency_id', '=', agencyId ?? '')]))
`,
        replace: `    .where('status', '!=', GONE)
`,
      },
    ],
    suites: [['tests/server/comments/threads.test.ts', 'is in nobody else’s answer']],
  },
  {
    name: 'agency-thread-in-the-inbox',
    why: 'whoever changes to another agency goes on reading what the old one says among its own',
    edits: [
      {
        file: 'server/inbox/viewItems.ts',
        find: `    .where((eb) => eb.or([eb('audience', '=', 'all'), eb('agency_id', '=', agencyId)]))
`,
        replace: '',
      },
    ],
    suites: [['tests/server/inbox/inbox.test.ts', 'nobody of another agency']],
  },
  {
    name: 'words-changed-by-anybody',
    why: 'somebody else puts words into an author’s mouth',
    edits: [
      {
        file: 'shared/accounts/permissions.ts',
        find: `party(a) && converses(a) && a.userId === s.authorId`,
        replace: `party(a) && converses(a)`,
      },
    ],
    suites: [['tests/server/comments/words.test.ts', 'changed by their author alone']],
  },
  {
    name: 'disabled-account-signed-in',
    why: 'whose account was closed goes on with the session of yesterday',
    edits: [
      {
        file: 'server/accounts/sessions.ts',
        find: `
    .where('account.disabled_at', 'is', null),`,
        replace: `,`,
      },
      {
        file: 'server/accounts/actorStore.ts',
        find: `    .where('account.id', '=', accountId)
    .where('disabled_at', 'is', null)
`,
        replace: `    .where('account.id', '=', accountId)
`,
      },
    ],
    suites: [['tests/server/accounts/session.test.ts', 'a disabled account loses its sessions']],
  },
]
