/**
 * `Ninh Thuận, ngày 05 tháng 02 năm 2022`: days below 10 and the first two months take a nought (Decree 30, Phụ lục
 * I). Dots where the clerk has not set the date.
 * @param date `YYYY-MM-DD`
 */
export function printedDate(place: string, date: string | null): string {
  const [year, month, day] = date?.split('-').map(Number) ?? []
  if (!year || !month || !day) return `${place}, ngày …… tháng …… năm ……`
  const two = (value: number, below: number) => (value < below ? `0${value}` : String(value))
  return `${place}, ngày ${two(day, 10)} tháng ${two(month, 3)} năm ${year}`
}
