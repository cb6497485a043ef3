/** What is promised must be on the disk. @see plants.mjs */
export const DISK_PLANTS = [
  {
    name: 'ack-before-append',
    why: 'words are called saved that the next crash takes',
    edits: [
      {
        file: 'server/sync/DocumentRoom.ts',
        find: `        const settled = await this.#writer.settle(waiting)
`,
        replace: `        const { ackFrame } = await import('./frames.ts')
        for (const { peer, number } of waiting)
          this.#outbox.tell(peer, ackFrame(number, this.#text.revision))
        this.#outbox.flush()
        const settled = await this.#writer.settle(waiting)
`,
      },
    ],
    suites: [['tests/sync/durability.test.ts', 'while the disk has not answered']],
  },
  {
    name: 'broadcast-before-append',
    why: 'others see, and build on, words that a crash takes back',
    edits: [
      {
        file: 'server/sync/DocumentRoom.ts',
        find: `        const settled = await this.#writer.settle(waiting)
`,
        replace: `        for (const { peer, update } of waiting)
          this.#outbox.update(updateFrame(update), peer, this.#text.revision + 1)
        this.#outbox.flush()
        const settled = await this.#writer.settle(waiting)
`,
      },
    ],
    suites: [['tests/sync/durability.test.ts', 'while the disk has not answered']],
  },
  {
    name: 'fsync-off',
    why: 'a power loss takes words that were called saved, or the whole file',
    edits: [
      {
        file: 'server/platform/sqliteWriter.ts',
        find: `db.pragma('synchronous = FULL')`,
        replace: `db.pragma('synchronous = OFF')`,
      },
    ],
    suites: [['tests/sync/crash/powerLoss.test.ts', 'whatever of the writes']],
  },
  {
    name: 'fsync-at-checkpoints-only',
    why: 'a power loss takes the last words that were called saved',
    edits: [
      {
        file: 'server/platform/sqliteWriter.ts',
        find: `db.pragma('synchronous = FULL')`,
        replace: `db.pragma('synchronous = NORMAL')`,
      },
    ],
    suites: [['tests/sync/crash/powerLoss.test.ts', 'whatever of the writes']],
  },
  {
    name: 'room-ahead-of-the-disk',
    why: 'after a write that failed the room shows words that are not on disk',
    edits: [
      {
        file: 'server/sync/RoomWriter.ts',
        find: `      swallowing.forget(burial)
      await this.#reload()
      throw new DiskRefused(cause)`,
        replace: `      swallowing.forget(burial)
      throw new DiskRefused(cause)`,
      },
    ],
    suites: [['tests/sync/durability.test.ts', 'a disk that refuses']],
  },
  {
    name: 'swallowed-in-second-write',
    why: 'a crash between the two leaves words deleted that nobody hands back',
    edits: [
      {
        file: 'server/platform/database.ts',
        find: `      if (!along) return thread.append(batch)
`,
        replace: `      if (!along) return thread.append(batch)
      if (batch.updates.length > 0)
        return thread.append(batch).then(async (outcome) => {
          if (outcome.outcome === 'appended') await asTransaction(along)
          return outcome
        })
`,
      },
    ],
    suites: [['tests/sync/swallowed.test.ts', 'a disk that cannot take the notice']],
  },
  {
    name: 'snapshot-without-last-row',
    why: 'the last words are gone once the room is opened again',
    edits: [
      {
        file: 'server/sync/compactText.ts',
        find: `(await folded(updatesOf({ base, rows })))`,
        replace: `(await folded(updatesOf({ base, rows }).slice(0, -1)))`,
      },
    ],
    suites: [['tests/sync/durability.test.ts', 'a snapshot every 500 rows']],
  },
  {
    name: 'rows-deleted-before-snapshot',
    why: 'nobody can say any more who wrote what, and a crash between the two loses the text',
    edits: [
      {
        file: 'server/sync/updateLog.ts',
        find: `  await database.write(async (tx) => {
    await tx
      .insertInto('document_snapshot')`,
        replace: `  await database.write((tx) =>
    tx
      .deleteFrom('document_update')
      .where('document_id', '=', documentId)
      .where('seq', '<=', seq)
      .execute(),
  )
  await database.write(async (tx) => {
    await tx
      .insertInto('document_snapshot')`,
      },
    ],
    suites: [['tests/sync/durability.test.ts', 'a snapshot every 500 rows']],
  },
  {
    name: 'missing-rows-unnoticed',
    why: 'a document whose log is gone opens empty, and somebody writes into it',
    edits: [
      {
        file: 'server/sync/updateLog.ts',
        find: `  if (!complete) throw new Error(`,
        replace: `  if (!complete && rows.length < 0) throw new Error(`,
      },
    ],
    suites: [['tests/sync/durability.test.ts', 'is refused with 4503 and never shown empty']],
  },
  {
    name: 'long-log-without-last-row',
    why: 'after a crash in a long meeting the last words are gone once the room is opened again',
    edits: [
      {
        file: 'server/sync/compactText.ts',
        find: `await folded(updatesOf(loaded))`,
        replace: `await folded(updatesOf(loaded).slice(0, -1))`,
      },
    ],
    suites: [['tests/sync/bugReports.test.ts', 'a log of thousands of rows']],
  },
  {
    name: 'known-outlives-the-text',
    why: 'words that the disk refused are called saved when they are sent again, and are nowhere',
    edits: [
      {
        file: 'server/sync/RoomText.ts',
        find: `    this.known.forget()
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/durability.test.ts', 'the disk refused is no known one']],
  },
  {
    name: 'fsync-failure-survived',
    why: 'a disk that lost what it was told to keep goes on being believed',
    edits: [
      {
        file: 'server/platform/sqliteWriter.ts',
        find: `  (cause as NodeJS.ErrnoException).syscall === 'fsync' ||
  /^SQLITE_(IOERR_(\\w*FSYNC|`,
        replace: `  /^SQLITE_(IOERR_(`,
      },
    ],
    suites: [['tests/sync/crash/ioErrors.test.ts', 'an fsync that fails']],
  },
  {
    name: 'broken-row-shown',
    why: 'a document with a damaged row opens without the words behind it, and is written on',
    edits: [
      {
        file: 'server/sync/updateLog.ts',
        find: `  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new BrokenLog('the update log has a gap inside an update')
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/durability.test.ts', 'a text that cannot be loaded']],
  },
  {
    name: 'snapshot-of-another-epoch',
    why: 'a document that began anew shows the old text once more',
    edits: [
      {
        file: 'server/sync/updateLog.ts',
        find: `    .where('epoch', '=', state.epoch)
    .where('seq', '<=', state.revision)
`,
        replace: `    .where('seq', '<=', state.revision)
`,
      },
    ],
    suites: [
      ['tests/sync/bugReports.test.ts', 'a copy of another epoch is told so'],
      ['tests/sync/durability.test.ts', 'a new epoch sends everybody away'],
    ],
  },
]
