// Everything behind the sign-in, which is fetched while somebody signs in.
import './i18n/allWords.ts'

export { hearOtherTabs } from '../accounts/otherTabs.ts'
export { readSession, signIn } from '../accounts/useSession.ts'
export { App } from './App.tsx'
