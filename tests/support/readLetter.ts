export type ReadLetter = {
  /** By lower-case name, as they are read: unfolded and decoded. */
  headers: ReadonlyMap<string, readonly string[]>
  subject: string
  text: string
  html: string
}

/** Reads a letter of one text and one HTML part. @param raw one character for each byte */
export function readLetter(raw: string): ReadLetter {
  const { headers, body } = split(raw)
  const parts = partsOf(headers, body)
  return {
    headers,
    subject: headers.get('subject')?.[0] ?? '',
    text: parts.get('text/plain') ?? '',
    html: parts.get('text/html') ?? '',
  }
}

function split(raw: string) {
  const end = raw.indexOf('\r\n\r\n')
  const headers = new Map<string, string[]>()
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = decodeWords(line.slice(colon + 1).trim())
    headers.set(name, [...(headers.get(name) ?? []), value])
  }
  return { headers, body: raw.slice(end + 4) }
}

function partsOf(headers: ReadLetter['headers'], body: string): Map<string, string> {
  const type = headers.get('content-type')?.[0] ?? 'text/plain'
  const [, boundary] = /boundary="([^"]+)"/.exec(type) ?? []
  const kind = type.split(';')[0]?.trim() ?? ''
  if (boundary === undefined) return new Map([[kind, decodeBody(headers, body)]])
  const pieces = body.split(`--${boundary}`).slice(1, -1)
  return new Map(
    pieces.flatMap((piece) => {
      const part = split(piece.replace(/^\r\n/, ''))
      return [...partsOf(part.headers, part.body)]
    }),
  )
}

function decodeBody(headers: ReadLetter['headers'], body: string): string {
  const how = headers.get('content-transfer-encoding')?.[0]
  const bytes = how === 'base64' ? Buffer.from(body, 'base64') : Buffer.from(body, 'latin1')
  return bytes.toString('utf8').replace(/\r\n/g, '\n')
}

/** RFC 2047: `=?UTF-8?Q?…?=` and `=?UTF-8?B?…?=`; blanks between two of them are not there. */
function decodeWords(text: string): string {
  const pattern = /=\?utf-8\?([qb])\?([^?]*)\?=(\s+(?==\?))?/gi
  const bytes = text.replace(pattern, (_, how: string, word: string) =>
    how.toLowerCase() === 'b'
      ? Buffer.from(word, 'base64').toString('latin1')
      : word
          .replace(/_/g, ' ')
          .replace(/=([0-9A-F]{2})/gi, (_hex, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          ),
  )
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
