import * as z from 'zod'
import type { ErrorCode } from './errors.ts'

/**
 * An HTTP route as a value: the server parses and answers by it, the browser calls by it, and the OpenAPI
 * document is made from it, so the three cannot disagree.
 */
export type Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Express notation: `/api/documents/:documentId`. */
  path: string
  /** Status of success. */
  status: number
  params: Params
  query: Query
  body: Body
  reply: Reply
  /** Codes beyond the ones every route can answer (input, auth, server). */
  refuses: readonly ErrorCode[]
}

const nothing = z.strictObject({})
export type Nothing = typeof nothing

type RouteInput<P, Q, B, R> = {
  method: Route['method']
  path: string
  status?: number
  params?: P
  query?: Q
  body?: B
  reply: R
  refuses?: readonly ErrorCode[]
}

export function route<
  R extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(input: RouteInput<P, Q, B, R>): Route<P, Q, B, R> {
  return {
    method: input.method,
    path: input.path,
    status: input.status ?? 200,
    params: (input.params ?? nothing) as P,
    query: (input.query ?? nothing) as Q,
    body: (input.body ?? nothing) as B,
    reply: input.reply,
    refuses: input.refuses ?? [],
  }
}

/** Answers 204 without a body. */
export const NoContent = z.undefined()

/** RFC 3339 in UTC, as `Date.prototype.toISOString` writes it. */
export const IsoTime = z.iso.datetime()

/** The person behind an act, as every answer names one. */
export const PersonRef = z.object({
  id: z.string(),
  name: z.string(),
  agencyId: z.string().nullable(),
})
export type PersonRef = z.infer<typeof PersonRef>

/** RFC 9457 problem document. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  details: z.record(z.string(), z.unknown()),
})
export type Problem = z.infer<typeof Problem>
