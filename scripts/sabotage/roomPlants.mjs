/** Every copy of a text stays the same, and whole. @see plants.mjs */
export const ROOM_PLANTS = [
  {
    name: 'ack-past-a-gap',
    why: 'a frame that waits for a lost one is called saved, and is gone with the connection',
    edits: [
      {
        file: 'server/sync/deliverVerdicts.ts',
        find: `  const count = Math.min(last, ...undone.map((number) => number - 1))`,
        replace: `  const count = undone.length < 0 ? 0 : last`,
      },
    ],
    suites: [['tests/sync/hostile.test.ts', 'a lost frame is asked for again']],
  },
  {
    name: 'gap-stored',
    why: 'an update that stands on nothing is on disk for ever, and the text cannot be loaded any more',
    edits: [
      {
        file: 'server/sync/judgeGroup.ts',
        find: `  if (hasGap(doc, facts)) return { kind: 'gap' }
`,
        replace: ``,
      },
      {
        file: 'server/sync/RoomText.ts',
        find: `    if (pendingStructs !== null || pendingDs !== null)
      return`,
        replace: `    if (pendingStructs !== null && pendingDs !== null && update.byteLength < 0)
      return`,
      },
    ],
    suites: [['tests/sync/hostile.test.ts', 'a lost frame is asked for again']],
  },
  {
    name: 'foreign-client-id',
    why: 'words can be put under a colleague’s name',
    edits: [
      {
        file: 'server/sync/judgeGroup.ts',
        find: `    if (owner !== peer.accountId && !unclaimed)`,
        replace: `    if (owner === '' && !unclaimed)`,
      },
    ],
    suites: [['tests/sync/hostile.test.ts', 'new words under a colleague’s clientID']],
  },
  {
    name: 'contradiction-taken',
    why: 'two tabs with one clientID: the words of the second are called saved and are nowhere',
    edits: [
      {
        file: 'server/sync/judgeGroup.ts',
        find: `  if (contradicts(doc, facts)) return refused('sync/other-epoch', { what: 'clientID in use' })
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/hostile.test.ts', 'over sockets: the clone is told']],
  },
  {
    name: 'refused-frame-left-in',
    why: 'what the schema refuses stays in the text that everybody is given',
    edits: [
      {
        file: 'server/sync/judgeGroup.ts',
        find: `    if (verdict.spoilt) await rebuild(court, judged)
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/hostile.test.ts', 'content the schema refuses']],
  },
  {
    name: 'swallowed-words-dropped',
    why: 'words typed into a clause that somebody deletes meanwhile are gone without a notice',
    edits: [
      {
        file: 'server/sync/SwallowWatch.ts',
        find: `        passage.at = now
        changed.add(passage)
`,
        replace: `        passage.at = now
`,
      },
    ],
    suites: [['tests/sync/swallowed.test.ts', 'delete first, the words later']],
  },
  {
    name: 'other-epoch-let-in',
    why: 'a copy of a text that has begun anew stays connected, and nobody tells its owner',
    edits: [
      {
        file: 'server/sync/gateway.ts',
        find: `  if ((query.get('epoch') ?? epoch) !== epoch) return 'sync/other-epoch'
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/rights.test.ts', 'one of another epoch with 4409']],
  },
  {
    name: 'unbounded-walks',
    why: 'thirty kilobytes from one person hold up everybody’s words for minutes',
    edits: [
      {
        file: 'server/sync/applyBounded.ts',
        find: `  if (effort.left < 0) throw new TooMuchEffort()`,
        replace: `  if (effort.left === Number.NEGATIVE_INFINITY) throw new TooMuchEffort()`,
      },
    ],
    suites: [['tests/sync/frames/bombs.test.ts', '20,000 values of one attribute']],
  },
  {
    name: 'outbox-unshared',
    why: 'each delegate costs a buffer of his own, and a full room becomes slow',
    edits: [
      {
        file: 'server/sync/Outbox.ts',
        find: `      if (own.has(peer) || authors.has(peer) ||`,
        replace: `      if (own.has(peer) || authors.size >= 0 ||`,
      },
    ],
    suites: [['tests/sync/outbox.test.ts', 'updates, presence and acknowledgement leave in one']],
  },
  {
    name: 'echo-to-the-author',
    why: 'everybody is sent his own words again, twice the traffic',
    edits: [
      {
        file: 'server/sync/Outbox.ts',
        find: `updates.filter(({ author }) => peer === null || author !== peer)`,
        replace: `updates.filter(({ author }) => peer === null || author !== undefined)`,
      },
    ],
    suites: [['tests/sync/outbox.test.ts', 'updates, presence and acknowledgement leave in one']],
  },
  {
    name: 'slow-reader-kept',
    why: 'a laptop that sleeps fills the server’s memory',
    edits: [
      {
        file: 'server/sync/Peer.ts',
        find: `    else if (now - this.#progress.at >= STALLED_MS) this.close(4508, 'slow reader')
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/outbox.test.ts', 'is closed with 4508']],
  },
  {
    name: 'missed-row-skipped',
    why: 'who reads on after a pause lacks the words of that pause for good',
    edits: [
      {
        file: 'server/sync/Peer.ts',
        find: `this.missedFrom ??= row`,
        replace: `this.missedFrom ??= row + 1`,
      },
    ],
    suites: [['tests/sync/outbox.test.ts', 'misses presence first, then updates']],
  },
  {
    name: 'judge-takes-the-room-down',
    why: 'bytes that break the judge cost everybody in the room the connection',
    edits: [
      {
        file: 'server/sync/judgeGroup.ts',
        find: `    if (cause instanceof BrokenLog) throw cause
`,
        replace: `    if (cause !== BrokenLog) throw cause
`,
      },
    ],
    suites: [['tests/sync/hostile.test.ts', 'an update at which the judge itself breaks']],
  },
  {
    name: 'remembered-places-kept',
    why: 'what the server writes after people have typed lands in the middle of other words',
    edits: [
      {
        file: 'server/sync/asWritten.ts',
        find: `if (type._searchMarker)`,
        replace: `if (type._searchMarker?.length === 0)`,
      },
    ],
    suites: [['tests/sync/asWritten.test.ts', 'the server writes what it means to']],
  },
  {
    name: 'known-in-part-taken-whole',
    why: 'a document that somebody has written to on purpose never loads again',
    edits: [
      {
        file: 'server/sync/newsOf.ts',
        find: `return isKnownInPart ?`,
        replace: `return isKnownInPart && facts.structs.length === 0 ?`,
      },
    ],
    suites: [['tests/sync/knownInPart.test.ts', 'its beginning was said to be cleared away']],
  },
  {
    name: 'id-goes-to-the-first',
    why: 'whoever gives his clause the id of a colleague’s gets its comments and positions',
    edits: [
      {
        file: 'shared/clauses/repairBody.ts',
        find: `=> block._map.get('id')?.left === null`,
        replace: `=> block._map.get('id')?.left !== undefined`,
      },
    ],
    suites: [['tests/sync/blameless.test.ts', 'whoever takes the id of a clause that stands']],
  },
]
