import path from 'node:path'
import * as z from 'zod'
import { MailAddress } from '../../shared/base/mailAddress.ts'

const flag = (fallback: '0' | '1') =>
  z
    .enum(['0', '1'])
    .default(fallback)
    .transform((value) => value === '1')

/** Promised settings that nothing answers yet: whoever gives one must not think that it does. */
const NOT_BUILT = ['DATABASE_URL', 'REDIS_URL', 'TSA_URL', 'OIDC_ISSUER'] as const

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1', '[::1]'])
export const DEFAULT_DEMO_PASSWORD = 'nhat-tri-demo'

const Settings = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().default('127.0.0.1'),
    DATA_DIR: z.string().default('./data'),
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    TRUST_PROXY: z.coerce.number().int().min(0).max(10).default(0),
    DEMO: flag('1'),
    DEMO_PASSWORD: z.string().min(8).default(DEFAULT_DEMO_PASSWORD),
    DATABASE_URL: z.string().optional(),
    REDIS_URL: z.string().optional(),
    TSA_URL: z.string().optional(),
    OIDC_ISSUER: z.string().optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: MailAddress.optional(),
    LOG_LEVEL: z
      .enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'])
      .default('info'),
  })
  .superRefine((s, context) => {
    for (const name of NOT_BUILT)
      if (s[name] !== undefined)
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'is not supported by this version; unset it rather than believe it works',
        })
    if (s.SMTP_URL && !s.PUBLIC_URL)
      context.addIssue({
        code: 'custom',
        path: ['SMTP_URL'],
        message: 'needs PUBLIC_URL, since mails say where to read on',
      })
    const open = namesBeyondLoopback(s.HOST, s.PUBLIC_URL)
    if (s.DEMO && s.DEMO_PASSWORD === DEFAULT_DEMO_PASSWORD && open.length > 0)
      context.addIssue({
        code: 'custom',
        path: ['DEMO_PASSWORD'],
        message: `the sample bloc with its public password may not be reached at ${open.join(', ')}; set DEMO=0 or another DEMO_PASSWORD`,
      })
  })

/** Under which of its names others than this machine can reach the server. */
const namesBeyondLoopback = (host: string, publicUrl: string | null | undefined) =>
  [host, ...(publicUrl ? [new URL(publicUrl).hostname] : [])].filter((name) => !LOOPBACK.has(name))

export const isReachable = (config: Config) =>
  namesBeyondLoopback(config.host, config.publicUrl).length > 0

export type Config = {
  port: number
  host: string
  dataDir: string
  publicUrl: string | null
  /** Number of trusted proxies in front, for the address of rate limits. */
  trustProxy: number
  demo: boolean
  demoPassword: string
  logLevel: z.infer<typeof Settings>['LOG_LEVEL']
  /** Null when no mail is sent. The URL holds a password: it is never logged. */
  mail: { url: string; from: string; publicUrl: string } | null
}

/**
 * The only reader of the environment.
 * @throws {Error} that lists every problem at once
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = Settings.safeParse(given)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((i) => `  ${i.path.join('.')}: ${i.message}`)
    throw new Error(`settings:\n${problems.join('\n')}`)
  }
  const s = parsed.data
  const publicUrl = s.PUBLIC_URL?.replace(/\/+$/, '') ?? null
  return {
    port: s.PORT,
    host: s.HOST,
    dataDir: path.resolve(s.DATA_DIR),
    publicUrl,
    trustProxy: s.TRUST_PROXY,
    demo: s.DEMO,
    demoPassword: s.DEMO_PASSWORD,
    logLevel: s.LOG_LEVEL,
    mail:
      s.SMTP_URL && publicUrl
        ? { url: s.SMTP_URL, from: s.MAIL_FROM ?? senderAt(publicUrl), publicUrl }
        : null,
  }
}

/** Mail comes from the name under which people know the installation, where it has one. */
function senderAt(publicUrl: string): string {
  const from = MailAddress.safeParse(`nhat-tri@${new URL(publicUrl).hostname}`)
  return from.success ? from.data : 'nhat-tri@localhost'
}

/** Whether browsers reach us over TLS, which decides the cookie's name and flags. */
export const isSecure = (config: Config) => config.publicUrl?.startsWith('https:') ?? false

/** Origins whose pages may act for a signed-in person. @param port the one actually listened on */
export function allowedOrigins(config: Config, port: number): ReadonlySet<string> {
  const origins = new Set([`http://localhost:${port}`, `http://127.0.0.1:${port}`])
  if (config.publicUrl) origins.add(new URL(config.publicUrl).origin)
  return origins
}
