import type { z } from 'zod'
import { Problem, type Route } from '../../shared/base/contract.ts'
import { isErrorCode } from '../../shared/base/errors.ts'
import { ApiError } from './apiError.ts'

/** A part whose schema has no fields may be left out. */
type Part<Name extends string, Schema extends z.ZodType> =
  Record<string, never> extends z.input<Schema>
    ? { [Key in Name]?: z.input<Schema> }
    : { [Key in Name]: z.input<Schema> }

export type CallInput<R extends Route> = Part<'params', R['params']> &
  Part<'query', R['query']> &
  Part<'body', R['body']>

type Parts = {
  params?: Record<string, string>
  query?: Record<string, string | number>
  body?: unknown
}

/**
 * Asks the server by a route of the contract.
 * @throws {ApiError} with the server's code; `network` when no answer came, `unreadable` when it was not ours
 */
export async function call<R extends Route>(
  route: R,
  input: CallInput<R>,
): Promise<z.output<R['reply']>> {
  const { params, query, body } = input as Parts
  const response = await send(urlOf(route.path, params, query), {
    method: route.method,
    credentials: 'same-origin',
    headers: { Accept: 'application/json', ...(hasBody(route) ? JSON_TYPE : {}) },
    body: hasBody(route) ? JSON.stringify(body ?? {}) : null,
  })
  if (!response.ok) throw await refusal(response)
  if (response.status === 204) return undefined as z.output<R['reply']>
  const parsed = route.reply.safeParse(await response.json().catch(() => undefined))
  if (parsed.success) return parsed.data as z.output<R['reply']>
  throw new ApiError('unreadable', response.status, {}, { cause: parsed.error })
}

const JSON_TYPE = { 'Content-Type': 'application/json' }
const hasBody = (route: Route) => route.method !== 'GET' && route.method !== 'DELETE'

async function send(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (cause) {
    throw new ApiError('network', 0, {}, { cause })
  }
}

/** @throws when a parameter of the path is missing: a mistake of ours, not of the network */
export function urlOf(
  path: string,
  params: Record<string, string> = {},
  query: Record<string, string | number> = {},
): string {
  const url = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name]
    if (value === undefined) throw new Error(`${path}: no ${name}`)
    return encodeURIComponent(value)
  })
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, String(value)]),
  ).toString()
  return search === '' ? url : `${url}?${search}`
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined))
  if (problem.success && isErrorCode(problem.data.code))
    return new ApiError(problem.data.code, response.status, problem.data.details)
  // A proxy or a newer server answered: its status is all there is to go by.
  return new ApiError(response.status >= 500 ? 'server/busy' : 'unreadable', response.status)
}
