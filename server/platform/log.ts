import pino, { type Logger } from 'pino'
import type { Config } from './config.ts'

export type Log = Logger

/**
 * Event names are `noun.verb`, values are ids. Text, tokens, certificates and mail addresses never come here.
 * Lines go to standard error; standard output is for people.
 */
export const createLog = (level: Config['logLevel']): Log =>
  pino(
    {
      level,
      base: null,
      redact: [
        'password',
        'token',
        'cookie',
        'csr',
        'signature',
        '*.password',
        '*.token',
        '*.cookie',
      ],
    },
    pino.destination(2),
  )
