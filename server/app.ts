import { createServer, type Server } from 'node:http'
import express, { Router } from 'express'
import helmet from 'helmet'
import { serveAccounts } from './accounts/accountRoutes.ts'
import { createSessions } from './accounts/sessions.ts'
import { servePositions } from './agreements/positionRoutes.ts'
import { serveAudit } from './audit/auditRoutes.ts'
import type { AppDeps } from './authorize.ts'
import { serveBrackets } from './brackets/bracketRoutes.ts'
import { ActMemory } from './clauses/ActMemory.ts'
import { serveClauses } from './clauses/clauseRoutes.ts'
import { serveReferences } from './clauses/referenceRoutes.ts'
import { tellReferring } from './clauses/tellReferring.ts'
import { serveThreads } from './comments/threadRoutes.ts'
import { serveDocuments } from './documents/documentRoutes.ts'
import { serveInbox } from './inbox/inboxRoutes.ts'
import { type Digests, serveMail } from './inbox/mail/mailRoutes.ts'
import { serveLocking } from './locking/lockingRoutes.ts'
import { allowedOrigins, isSecure } from './platform/config.ts'
import {
  answerErrors,
  isSameOrigin,
  noSuchRoute,
  openApi,
  requireJson,
  requireSameOrigin,
  routesServed,
} from './platform/http.ts'
import type { Platform } from './platform/platform.ts'
import { recordLateUpdate, resumeLateUpdates } from './proposals/lateProposals.ts'
import { serveProposals } from './proposals/proposalRoutes.ts'
import { resumeSealing } from './signing/sealDocument.ts'
import { serveSigning } from './signing/signingRoutes.ts'
import { serveVerification } from './signing/verificationRoutes.ts'
import { createRooms } from './sync/rooms.ts'
import { serveSwallowed } from './sync/swallowedRoutes.ts'
import { watchSessions } from './versions/sessionVersions.ts'
import { serveVersions } from './versions/versionRoutes.ts'
import { noteVisit } from './versions/visits.ts'

export type App = {
  server: Server
  deps: AppDeps
  /** Null where no mail is sent. */
  digests: Digests | null
  /** Listens and answers the port. */
  listen(): Promise<number>
  /** Lets go of everybody: editors are told to come back, what they sent is written, then the server is closed. */
  close(): Promise<void>
}

/** How the browser's files are served: the built folder, or Vite's middleware in development. */
export type ServeClient = (app: express.Express, server: Server) => Promise<void>

const VERSION = '0.1.0'
const BODY_LIMIT = '256kb'
const ANSWER_MS = 3_000
const DIGESTS_MS = 60_000

/** @param digestsEveryMs how often digests that are due are looked for; null: when `digests.look` is called */
export async function createApp(
  platform: Platform,
  serveClient: ServeClient,
  { digestsEveryMs = DIGESTS_MS }: { digestsEveryMs?: number | null } = {},
): Promise<App> {
  const { config, log } = platform
  const app = express()
  // A slow or silent request may not hold a connection for ever.
  const server = createServer(
    {
      maxHeaderSize: 16 * 1024,
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 5_000,
    },
    app,
  )
  const port = () => {
    const address = server.address()
    return address && typeof address === 'object' ? address.port : config.port
  }
  const origins = () => allowedOrigins(config, port())

  const sessions = createSessions(platform)
  const rooms = createRooms(platform, {
    authenticate: (req) => sessions.authenticate(req),
    endedSessions: (ids) => sessions.ended(ids),
    isAllowedOrigin: (req) => req.headers.origin === undefined || isSameOrigin(req, origins()),
    onLateUpdate: (late) => recordLateUpdate(deps, late),
    onRestructured: (documentId) => tellReferring(deps, documentId),
    onLeft: (visit) => noteVisit(platform, visit),
  })
  const deps: AppDeps = { platform, sessions, rooms }
  const stopWatching = watchSessions(deps)
  sessions.onEnded((sessionId) => rooms.endSession(sessionId))

  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.use(securityHeaders(isSecure(config)))
  let ready = false
  app.get('/healthz', (_req, res) => void res.json({ ok: true }))
  app.get('/readyz', async (_req, res) => {
    const disk = await platform.database.trouble()
    if (ready && !disk) res.json({ ready })
    else res.status(503).json({ ready: false, ...(disk && { disk }) })
  })

  app.use('/api', requireSameOrigin(origins))
  const uploads = Router()
  serveVerification(uploads, deps)
  app.use(uploads)
  app.use('/api', requireJson, express.json({ limit: BODY_LIMIT, type: () => true }))
  const api = Router()
  serveAccounts(api, deps)
  serveDocuments(api, deps)
  const acts = new ActMemory()
  serveClauses(api, deps, acts)
  serveReferences(api, deps)
  serveSwallowed(api, deps)
  serveThreads(api, deps)
  serveInbox(api, deps)
  const digests = serveMail(api, deps, digestsEveryMs)
  servePositions(api, deps)
  serveProposals(api, deps, acts)
  serveBrackets(api, deps)
  serveLocking(api, deps)
  serveVersions(api, deps)
  serveSigning(api, deps)
  serveAudit(api, deps)
  app.use(api)
  const document = openApi([...routesServed(uploads), ...routesServed(api)], VERSION)
  app.get('/api/openapi.json', (_req, res) => void res.json(document))
  app.use('/api', noSuchRoute)

  await serveClient(app, server)
  app.use(answerErrors(log))

  rooms.attach(server)
  return {
    server,
    deps,
    digests,
    async listen() {
      await resumeSealing(deps)
      await resumeLateUpdates(deps)
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(config.port, config.host, resolve)
      })
      ready = true
      return port()
    },
    async close() {
      ready = false
      // Nobody's words wait for a mail server.
      const mailed = digests?.stop()
      await stopWatching()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      await rooms.close()
      server.closeIdleConnections()
      // Whoever is waiting for an answer gets it, unless it takes too long.
      const cut = setTimeout(() => server.closeAllConnections(), ANSWER_MS)
      await closed
      clearTimeout(cut)
      await mailed
    },
  }
}

function securityHeaders(secure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Dialogs and the editor set style attributes and one style element; scripts stay files of ours.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", secure ? 'wss:' : 'ws:'],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        ...(secure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: secure,
    crossOriginEmbedderPolicy: false,
  })
}
