import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { RequestHandler } from 'express'

/** Best first; the build leaves `name.br` and `name.gz` beside what is worth it. */
const ENCODINGS = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

/**
 * Turns a request for a file into one for its smallest form that the browser takes, so that nothing is compressed while
 * somebody waits. Comes before the handler that sends files; the folder does not change while the server runs.
 * @param folder flat
 */
export function precompressed(folder: string): RequestHandler {
  const files = new Set(readdirSync(folder))
  return (req, res, next) => {
    const name = req.path.slice(1)
    const forms = ENCODINGS.filter(({ ending }) => files.has(name + ending))
    if (forms.length === 0) return next()
    res.vary('Accept-Encoding')
    const accepted = req.acceptsEncodings(forms.map((form) => form.name))
    const form = forms.find((one) => one.name === accepted)
    if (form) {
      res.type(path.extname(name)).set('Content-Encoding', form.name)
      req.url = `/${name}${form.ending}`
    }
    next()
  }
}
