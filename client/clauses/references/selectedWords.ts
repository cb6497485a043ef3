/** The words that are selected on the page, references as one sees them. */
export function selectedWords(): string {
  const selection = window.getSelection()
  if (!selection || selection.rangeCount === 0) return ''
  const words = String(selection)
  // What references say is not in the text: see `referenceLabels.ts`.
  const labels = [
    ...selection.getRangeAt(0).cloneContents().querySelectorAll<HTMLElement>('.reference'),
  ].map(({ dataset }) => dataset.label ?? '')
  return words.replaceAll('\ufffc', () => labels.shift() ?? '')
}
