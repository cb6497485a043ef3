/** What a disk has spoilt or lost is noticed. @see plants.mjs */
export const FILE_PLANTS = [
  {
    name: 'page-sums-unread',
    why: 'a page that the disk spoilt is served as if nothing had happened',
    edits: [
      {
        file: 'server/platform/DataGuard.ts',
        find: `  const bad = firstBadPage(sums, file, pageSize, wal)
  if (bad)`,
        replace: `  const bad = firstBadPage(sums, file, pageSize, wal)
  if (bad && pageSize === 0)`,
      },
    ],
    suites: [['tests/sync/crash/flippedBytes.test.ts', 'in the database file']],
  },
  {
    name: 'high-water-unmarked',
    why: 'the end of a log that the disk lost is not missed, nor are the words in it',
    edits: [
      {
        file: 'server/platform/DataGuard.ts',
        find: `  committed(): void {
    this.#mark.note()`,
        replace: `  committed(): void {
    void this.#mark`,
      },
    ],
    suites: ['tests/sync/crash/flippedBytes.test.ts'],
  },
  {
    name: 'blob-unchecked',
    why: 'a sealed file that the disk spoilt is handed out as the signed one',
    edits: [
      {
        file: 'server/platform/blobs.ts',
        find: `      if (sha256Hex(bytes) !== sha256) throw new BlobDamaged(sha256)
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/crash/flippedBytes.test.ts', 'a sealed file with one flipped bit']],
  },
  {
    name: 'blob-unsynced',
    why: 'after a power loss a signed file is empty or half there',
    edits: [
      {
        file: 'server/platform/blobs.ts',
        find: `          await file.sync()
`,
        replace: ``,
      },
    ],
    suites: [['tests/sync/crash/powerLoss.test.ts', 'whatever of the writes']],
  },
  {
    name: 'blob-name-unsynced',
    why: 'after a power loss a signed file that the journal names is not there',
    edits: [
      {
        file: 'server/platform/blobs.ts',
        find: `      await syncFolder(folder)
      return sha256`,
        replace: `      return sha256`,
      },
    ],
    suites: [['tests/sync/crash/powerLoss.test.ts', 'whatever of the writes']],
  },
]
