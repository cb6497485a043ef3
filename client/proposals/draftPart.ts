/** What drafts are made and sent with: fetched once the text is there, since many only read or write in it. */
export { beginDraft } from '../clauses/suggest/beginDraft.ts'
export { endDraft } from '../clauses/suggest/endDraft.ts'
export { openFork } from '../clauses/suggest/fork.ts'
export { DraftElsewhere } from './DraftElsewhere.tsx'
export { SuggestBar } from './SuggestBar.tsx'
