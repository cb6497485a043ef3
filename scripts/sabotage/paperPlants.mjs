/** What is agreed to, locked, signed and proven. @see plants.mjs */
export const PAPER_PLANTS = [
  {
    name: 'hash-without-nfc',
    why: 'the same words typed on another keyboard are another text, and agreements fall',
    edits: [
      {
        file: 'shared/clauses/hash.ts',
        find: `.trim().normalize('NFC')`,
        replace: `.trim()`,
      },
      {
        file: 'shared/clauses/hash.ts',
        find: `foldToneStyle(canonicalText(text))`,
        replace: `canonicalText(text)`,
      },
    ],
    suites: [['tests/shared/clauses/hash.test.ts', 'NFC against NFD']],
  },
  {
    name: 'hash-with-level',
    why: 'moving a clause in the order of the text undoes the agreement to its words',
    edits: [
      {
        file: 'shared/clauses/hash.ts',
        find: `['clause', FORM, comparableText(`,
        replace: `['clause', FORM, block.level, comparableText(`,
      },
    ],
    suites: [['tests/shared/clauses/hash.test.ts', 'level and id do not count']],
  },
  {
    name: 'structure-without-order',
    why: 'clauses can change places after everybody has agreed',
    edits: [
      {
        file: 'shared/clauses/hash.ts',
        find: `[ids[index] ?? '', block.level]),`,
        replace: `[ids[index] ?? '', block.level]).sort(),`,
      },
    ],
    suites: [['tests/shared/clauses/hash.test.ts', 'structure and content']],
  },
  {
    name: 'points-without-d-bar',
    why: 'every điểm after d has a wrong letter, and is cited wrongly',
    edits: [
      {
        file: 'shared/clauses/numbering.ts',
        find: `'abcdđeghiklmnopqrstuvxy'`,
        replace: `'abcdeghiklmnopqrstuvxy'`,
      },
    ],
    suites: [['tests/shared/clauses/numbering.test.ts', 'điểm: a b c d đ e']],
  },
  {
    name: 'agreement-outlives-its-words',
    why: 'an agency is held to words that it has never seen',
    edits: [
      {
        file: 'shared/agreements/agreement.ts',
        find: `  hash === current ? 'counts' : 'outdated'`,
        replace: `  hash === '' && current === '' ? 'outdated' : 'counts'`,
      },
    ],
    suites: [['tests/shared/agreements/agreement.test.ts', 'a position counts exactly while']],
  },
  {
    name: 'lock-of-unseen-text',
    why: 'the lead locks a text that has moved on since it was read',
    edits: [
      {
        file: 'server/locking/lockDocument.ts',
        find: `revision !== undefined && revision !== text.revision)`,
        replace: `revision !== undefined && revision < 0)`,
      },
    ],
    suites: [['tests/server/locking/lock.test.ts', 'takes only the revision']],
  },
  {
    name: 'step-up-skipped',
    why: 'who finds an unattended computer can lock and sign',
    edits: [
      {
        file: 'server/authorize.ts',
        find: `  if (session.stepUpUntil === null || session.stepUpUntil <= now)`,
        replace: `  if (session.id === '' && now < 0)`,
      },
    ],
    suites: [['tests/server/locking/lock.test.ts', 'asks for the password again']],
  },
  {
    name: 'stale-base-signed',
    why: 'of two who sign at once one loses the signature',
    edits: [
      {
        file: 'shared/documents/lifecycle.ts',
        find: `  if (base !== now.revision) return refuse('signing/stale-base', { revision: now.revision })
`,
        replace: ``,
      },
      {
        file: 'server/signing/signPlace.ts',
        find: `  if (preparation.base !== current) throw`,
        replace: `  if (preparation.base === '') throw`,
      },
    ],
    suites: [['tests/shared/documents/lifecycle.test.ts', 'a stale base is refused']],
  },
  {
    name: 'signed-again-after-unlock',
    why: 'a signed text is opened and changed under the signature',
    edits: [
      {
        file: 'shared/documents/lifecycle.ts',
        find: `  if (now.phase === 'signing' && now.signatures.length > 0) return refuse('document/already-signed')
`,
        replace: ``,
      },
    ],
    suites: [['tests/shared/documents/lifecycle.test.ts', 'one signature makes unlock impossible']],
  },
  {
    name: 'sealed-base-uncompared',
    why: 'another text under the same signatures is called valid',
    edits: [
      {
        file: 'server/signing/verifyPdf.ts',
        find: `    if (base !== null && base !== hash) this.#note('base/other', hash)
    else if (base === null && !offline && !this.#document)`,
        replace: `    if (base !== null && !offline && !this.#document && hash === '')`,
      },
    ],
    suites: [['tests/server/signing/attacks.test.ts', 'the base']],
  },
  {
    name: 'signed-bytes-uncompared',
    why: 'a sealed file changed after signing is called valid',
    edits: [
      {
        file: 'server/signing/cades.ts',
        find: `  judgeAttributes(attributes, digest, certificate)
`,
        replace: ``,
      },
    ],
    suites: [['tests/server/signing/attacks.test.ts', 'the lowest bit of a byte flipped']],
  },
  {
    name: 'position-on-unseen-words',
    why: 'an agency agrees to words that changed while its head was reading',
    edits: [
      {
        file: 'server/agreements/takePosition.ts',
        find: `  demandCurrent({ clauseId, hash }, agreedHashes(now))`,
        replace: `  demandCurrent({ clauseId, hash: agreedHashes(now).get(clauseId) ?? '' }, agreedHashes(now))`,
      },
    ],
    suites: [['tests/server/agreements/positions.test.ts', 'a position on words that are gone']],
  },
  {
    name: 'certificate-of-another',
    why: 'somebody signs with a certificate that was issued to another person',
    edits: [
      {
        file: 'server/signing/signPlace.ts',
        find: `    .where('account_id', '=', actor.userId)
    .where('agency_id', '=', place.agencyId)
    .where('kind', '=', place.kind)
`,
        replace: ``,
      },
    ],
    suites: ['tests/server/signing/signing.test.ts'],
  },
  {
    name: 'audit-after-the-lock',
    why: 'a crash between the two leaves a locked document of which the journal knows nothing',
    edits: [
      {
        file: 'server/locking/lockDocument.ts',
        find: `type Lock = {`,
        replace: `const entries: Parameters<typeof appendAudit>[1][] = []
type Lock = {`,
      },
      {
        file: 'server/locking/lockDocument.ts',
        find: `  await appendAudit(tx, {`,
        replace: `  entries.push({`,
      },
      {
        file: 'server/locking/lockDocument.ts',
        find: `  deps.rooms.notify(documentId, { type: 'phase'`,
        replace: `  const { database } = deps.platform
  for (const entry of entries.splice(0)) await database.write((tx) => appendAudit(tx, entry))
  deps.rooms.notify(documentId, { type: 'phase'`,
      },
    ],
    suites: [['tests/sync/crash/killedWrites.test.ts', 'lock: whatever was promised']],
  },
  {
    name: 'act-without-its-entry',
    why: 'acts whose entry could not be written stand all the same',
    edits: [
      {
        file: 'server/audit/auditStore.ts',
        find: `      hash,
    })
    .execute()
  return hash`,
        replace: `      hash,
    })
    .execute()
    .catch(() => undefined)
  return hash`,
      },
    ],
    suites: [['tests/server/audit/audit.test.ts', 'an act and its entry']],
  },
  {
    name: 'audit-unchained',
    why: 'an entry taken out of the journal leaves no trace',
    edits: [
      {
        file: 'server/audit/auditStore.ts',
        find: `    prev: last.hash,`,
        replace: `    prev: FIRST_LINK,`,
      },
    ],
    suites: [['tests/server/audit/audit.test.ts', 'the chain is read by the whole bloc']],
  },
  {
    name: 'preparation-of-another',
    why: 'a signature that one person has prepared can be completed by another',
    edits: [
      {
        file: 'server/signing/preparationStore.ts',
        find: `    .where('account_id', '=', owner.accountId)
`,
        replace: ``,
      },
    ],
    suites: ['tests/server/signing/signing.test.ts'],
  },
]
