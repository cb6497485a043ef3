/** Keys of what was asked over HTTP; a notice or an act makes one kind of answer stale. */
export const queryKey = {
  session: ['session'] as const,
  /** The program's own, not the server's. */
  part: (name: string) => ['part', name] as const,
  blocs: ['blocs'] as const,
  inbox: ['inbox'] as const,
  bloc: (blocId: string) => ['bloc', blocId] as const,
  document: (documentId: string) => ['document', documentId] as const,
  clauses: (documentId: string) => ['clauses', documentId] as const,
  references: (documentId: string) => ['references', documentId] as const,
  citations: (documentId: string) => ['citations', documentId] as const,
  allThreads: ['threads'] as const,
  threads: (documentId: string) => ['threads', documentId] as const,
  positions: (documentId: string) => ['positions', documentId] as const,
  changes: (documentId: string, clauseId: string, since: string, now: string) =>
    ['changes', documentId, clauseId, since, now] as const,
  brackets: (documentId: string) => ['brackets', documentId] as const,
  views: (documentId: string) => ['views', documentId] as const,
  readiness: (documentId: string) => ['readiness', documentId] as const,
  swallowed: (documentId: string) => ['swallowed', documentId] as const,
  proposals: (documentId: string) => ['proposals', documentId] as const,
  versions: (documentId: string) => ['versions', documentId] as const,
  origin: (documentId: string, clauseId: string) => ['origin', documentId, clauseId] as const,
  visit: (documentId: string) => ['visit', documentId] as const,
  signing: (documentId: string) => ['signing', documentId] as const,
}
