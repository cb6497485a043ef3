/** What the page says of its words, and what it keeps of them. @see plants.mjs */
export const CLIENT_PLANTS = [
  {
    name: 'saved-when-sent',
    why: '“saved” is on screen before the server has the words on disk',
    edits: [
      {
        file: 'client/sync/trackDurability.ts',
        find: `      return sent === acked && changes.length === 0`,
        replace: `      return changes.every(({ frame }) => frame !== null)`,
      },
    ],
    suites: [['tests/client/sync/connectDocument.test.ts', 'saved is synced and everything']],
  },
  {
    name: 'merged-frame-counted-by-change',
    why: 'after a lost line the page says “saving” for ever, or too early',
    edits: [
      {
        file: 'client/sync/trackDurability.ts',
        find: `        return group.map((change) => ({ ...change, frame: sent }))`,
        replace: `        return group.map((change, i) => ({ ...change, frame: sent + i }))`,
      },
    ],
    suites: [['tests/client/sync/trackDurability.test.ts', 'is said again first of all']],
  },
  {
    name: 'step-2-uncounted',
    why: 'the receipts of a connection are taken for those of other words',
    edits: [
      {
        file: 'client/sync/trackDurability.ts',
        find: `  return step === SYNC.step2 || step === SYNC.update ? step : null`,
        replace: `  return step === SYNC.update ? step : null`,
      },
    ],
    suites: [['tests/client/sync/trackDurability.test.ts', 'only sync step 2 and update']],
  },
  {
    name: 'unsent-cleared-when-sent',
    why: 'words on their way when the server refuses or the tab dies are nowhere',
    edits: [
      {
        file: 'client/sync/connectDocument.ts',
        find: `provider.ws?.readyState === 1, bytes)
    kept.note(n, bytes, transaction)
`,
        replace: `provider.ws?.readyState === 1, bytes)
    kept.note(n, bytes, transaction)
    if (provider.wsconnected) kept.covered([n])
`,
      },
    ],
    suites: [['tests/client/sync/connectDocument.test.ts', 'a refusal opens a new copy']],
  },
  {
    name: 'unsent-merged-into-other-epoch',
    why: 'words kept on a device bring an old text back into a document that began anew',
    edits: [
      {
        file: 'client/sync/planRecovery.ts',
        find: `  if (tail.epoch === epoch && tail.refused === null) {`,
        replace: `  if (tail.refused === null) {`,
      },
    ],
    suites: [['tests/client/sync/planRecovery.test.ts', 'another epoch gets the words']],
  },
  {
    name: 'unsent-shown-to-the-next',
    why: 'who signs in next at a shared computer is shown somebody else’s words',
    edits: [
      {
        file: 'client/sync/unsentStore.ts',
        find: `    key.userId === userId && (documentId`,
        replace: `    userId !== '' && key.userId !== '' && (documentId`,
      },
    ],
    suites: [['tests/client/sync/unsentStore.test.ts', 'nobody is shown what somebody else wrote']],
  },
  {
    name: 'kept-on-a-device-that-keeps-nothing',
    why: 'somebody closes the page because it says that the words are on the device',
    edits: [
      {
        file: 'client/sync/keepUnsent.ts',
        find: `kept || (!failed && now - at < LINGERING_MS)`,
        replace: `kept || failed || now - at < LINGERING_MS`,
      },
    ],
    suites: [['tests/client/sync/unsentStore.test.ts', 'are never said to be kept on it']],
  },
  {
    name: 'act-overtakes-letters',
    why: 'a clause is moved or deleted by its last words but one',
    edits: [
      {
        file: 'client/sync/whenSaved.ts',
        find: `  const isSaved = () => connection.getSnapshot().save === 'saved'`,
        replace: `  const isSaved = () => connection.getSnapshot().save !== 'unsaved'`,
      },
    ],
    suites: ['tests/client/sync/whenSaved.test.ts'],
  },
  {
    name: 'all-said-twice',
    why: 'long offline work is answered in one frame larger than the server reads, and never arrives',
    edits: [
      {
        file: 'client/sync/answerStep1.ts',
        find: `encodeStateVector(withSaid(known, said()))`,
        replace: `encodeStateVector(withSaid(known, said().slice(0, 0)))`,
      },
    ],
    suites: ['tests/sync/offlineWork.test.ts'],
  },
]
