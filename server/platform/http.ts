import type { IncomingMessage } from 'node:http'
import type { NextFunction, Request, Response, Router } from 'express'
import * as z from 'zod'
import type { Route } from '../../shared/base/contract.ts'
import { AppError, type ErrorCode, isErrorCode } from '../../shared/base/errors.ts'
import { findMalformed } from '../../shared/base/wellFormed.ts'
import type { Log } from './log.ts'

export type Served<R extends Route> = {
  params: z.output<R['params']>
  query: z.output<R['query']>
  body: z.output<R['body']>
  req: Request
  res: Response
}

/**
 * Answers a route of the contract: what comes in is parsed by its schemas, and so is what goes out.
 * A missing body is `{}`; unknown fields are refused.
 */
export function serve<R extends Route>(
  router: Router,
  route: R,
  handler: (input: Served<R>) => Promise<z.input<R['reply']>>,
): void {
  const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
  routesServed(router).push(route)
  router[method](route.path, async (req, res) => {
    const reply = await handler({
      params: parse(route.params, req.params, 'params'),
      query: parse(route.query, { ...req.query }, 'query'),
      body: parse(route.body, req.body ?? {}, 'body'),
      req,
      res,
    } as Served<R>)
    if (route.status === 204) res.status(204).end()
    else res.status(route.status).json(route.reply.parse(reply))
  })
}

const served = new WeakMap<Router, Route[]>()

/** Routes that a router answers, for the OpenAPI document: what is not built is absent from it. */
export function routesServed(router: Router): Route[] {
  const list = served.get(router) ?? []
  served.set(router, list)
  return list
}

function parse(schema: z.ZodType, value: unknown, part: string): unknown {
  const parsed = schema.safeParse(value)
  if (parsed.success) return wellFormed(parsed.data, part)
  if (part === 'params') throw new AppError(notFound(parsed.error))
  const problems = parsed.error.issues.map(({ path, message }) => ({
    at: [part, ...path].join('.'),
    message,
  }))
  throw new AppError('input/invalid', { problems })
}

/** Words of any route: what is told apart in memory and not on disk has two hashes. */
function wellFormed(data: unknown, part: string): unknown {
  const way = findMalformed(data)
  if (!way) return data
  const at = [part, ...way].join('.')
  throw new AppError('input/invalid', { problems: [{ at, message: 'lone surrogate' }] })
}

/** A path that cannot be an id names nothing that exists: a `documentId` no document, a `threadId` no thread. */
function notFound({ issues }: z.ZodError): ErrorCode {
  const code = `${String(issues[0]?.path[0]).replace(/Id$/, '')}/not-found`
  return isErrorCode(code) ? code : 'route/not-found'
}

/** Refuses JSON routes that get another content type; a body without one is a script's habit and harmless. */
export function requireJson(req: Request, _res: Response, next: NextFunction): void {
  if (hasBody(req) && req.headers['content-type'] && !req.is('application/json'))
    throw new AppError('input/wrong-type', { expected: 'application/json' })
  next()
}

const hasBody = (req: IncomingMessage) =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0

const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/**
 * A page of another site may not act with our cookie. Browsers tell where a request comes from; a script tells
 * nothing, and holds no victim's cookie.
 */
export function requireSameOrigin(origins: () => ReadonlySet<string>) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    if (UNSAFE.has(req.method) && !isSameOrigin(req, origins()))
      throw new AppError('auth/forbidden')
    next()
  }
}

export function isSameOrigin(req: IncomingMessage, origins: ReadonlySet<string>): boolean {
  const { origin } = req.headers
  if (origin !== undefined) return origins.has(origin)
  const site = req.headers['sec-fetch-site']
  return site === undefined || site === 'same-origin'
}

/** The one place where an error becomes an answer. */
export function answerErrors(log: Log) {
  return (thrown: unknown, req: Request, res: Response, next: NextFunction): void => {
    if (res.headersSent) {
      next(thrown)
      return
    }
    const error = asAppError(thrown)
    if (error.status >= 500)
      log.error({ err: thrown, method: req.method, route: req.route?.path }, 'request.failed')
    const details = error.code === 'server/unexpected' ? {} : error.details
    res
      .status(error.status)
      .type('application/problem+json')
      .send(
        JSON.stringify({
          type: `urn:nhat-tri:error:${error.code}`,
          title: error.code,
          status: error.status,
          code: error.code,
          details,
        }),
      )
  }
}

/** Errors of the body parser carry a `type`; everything unknown is a bug of ours. */
function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const { type, status } = (thrown ?? {}) as { type?: string; status?: number }
  if (type === 'entity.too.large') return new AppError('input/too-large', {}, { cause: thrown })
  if (type === 'entity.parse.failed') return new AppError('input/invalid', {}, { cause: thrown })
  if (type === 'charset.unsupported' || type === 'encoding.unsupported')
    return new AppError('input/wrong-type', {}, { cause: thrown })
  if (thrown instanceof URIError) return new AppError('route/not-found', {}, { cause: thrown })
  // The static files' way of saying that there is none.
  if (status === 404) return new AppError('route/not-found', {}, { cause: thrown })
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new AppError('input/invalid', {}, { cause: thrown })
  return new AppError('server/unexpected', {}, { cause: thrown })
}

export const noSuchRoute = (): never => {
  throw new AppError('route/not-found')
}

/** OpenAPI 3.1 from the same schemas that parse: only what this installation answers. */
export function openApi(routes: readonly Route[], version: string): object {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][route.method.toLowerCase()] = operation(route)
  }
  return { openapi: '3.1.0', info: { title: 'Nhất Trí', version }, paths }
}

function operation(route: Route): object {
  const names = [...route.path.matchAll(/:(\w+)/g)].map((match) => match[1])
  const body = jsonSchema(route.body, 'input')
  const hasFields = Object.keys((body.properties as object | undefined) ?? {}).length > 0
  return {
    parameters: names.map((name) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...(hasFields ? { requestBody: { content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [route.status]:
        route.status === 204
          ? { description: 'done' }
          : {
              description: 'success',
              content: { 'application/json': { schema: jsonSchema(route.reply, 'output') } },
            },
      default: {
        description: `problem: ${[...new Set(['input/invalid', ...route.refuses])].join(', ')}`,
        content: { 'application/problem+json': { schema: { type: 'object' } } },
      },
    },
  }
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
