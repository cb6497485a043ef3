import { useCallback, useEffect, useState } from 'react'
import type { SessionView } from '../../shared/accounts/api.ts'
import { type Credentials, SignInPage } from '../accounts/SignInPage.tsx'
import { ApiError } from '../base/apiError.ts'
import { fetchPart } from '../base/fetchPart.ts'
import { FailedPage } from '../ui/FailedPage.tsx'

const fetchProgram = () => fetchPart(() => import('./program.ts'))
type Program = Awaited<ReturnType<typeof fetchProgram>>

type Shown =
  | { page: 'nothing' }
  | { page: 'sign-in' }
  | { page: 'failed'; error: unknown }
  | { page: 'program'; program: Program; session: SessionView }

/** The first page, and the least that it takes: whoever has to sign in does so while the program is on its way. */
export function Entrance() {
  const [shown, show] = useState<Shown>({ page: 'nothing' })
  const enter = useCallback(() => void whatToShow().then(show), [])
  useEffect(enter, [enter])
  useEffect(
    () => (shown.page === 'sign-in' ? whenSignedInElsewhere(enter) : undefined),
    [shown, enter],
  )
  if (shown.page === 'nothing') return null
  if (shown.page === 'failed') return <FailedPage error={shown.error} onAgain={enter} />
  if (shown.page === 'program') return <shown.program.App session={shown.session} />
  const signIn = async (credentials: Credentials) => {
    const program = await fetchProgram()
    show({ page: 'program', program, session: await program.signIn(credentials) })
  }
  return <SignInPage onSubmit={signIn} />
}

async function whatToShow(): Promise<Shown> {
  try {
    const [answer, fetched] = [askSession(), fetchProgram()]
    // Whoever is not signed in needs it later, and is told then if it does not come.
    fetched.catch(() => null)
    const session = await answer
    if (session === null) return { page: 'sign-in' }
    const program = await fetched
    return { page: 'program', program, session: program.readSession(session) }
  } catch (error) {
    return { page: 'failed', error }
  }
}

/**
 * Who is signed in, before the code is here that checks an answer.
 * @returns the server's answer; null when it is nobody
 */
async function askSession(): Promise<unknown> {
  const answer = await fetch('/api/session').catch((cause: unknown) => {
    throw new ApiError('network', 0, {}, { cause })
  })
  if (answer.status === 401) return null
  if (!answer.ok) throw new ApiError('server/busy', answer.status)
  return answer.json().catch((cause: unknown) => {
    throw new ApiError('unreadable', answer.status, {}, { cause })
  })
}

/** @returns stops listening */
function whenSignedInElsewhere(listener: () => void): () => void {
  let stop = () => {}
  let gone = false
  fetchProgram().then(
    ({ hearOtherTabs }) => {
      if (!gone) stop = hearOtherTabs(listener)
    },
    // Without the program nobody signs in here either, and is told so.
    () => null,
  )
  return () => {
    gone = true
    stop()
  }
}
