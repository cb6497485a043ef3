/** Times are shown in the reader's zone; the zone itself stands in the tooltip (UX-82). */
export function shortTime(iso: string, language: string, now: number): string {
  const at = new Date(iso)
  const today = new Date(now).toDateString() === at.toDateString()
  const format: Intl.DateTimeFormatOptions = today
    ? { hour: '2-digit', minute: '2-digit' }
    : { hour: '2-digit', minute: '2-digit', day: '2-digit', month: '2-digit' }
  return new Intl.DateTimeFormat(language, format).format(at)
}

export const longTime = (iso: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'long',
  }).format(new Date(iso))
