import { findAccount } from '../accounts/accountStore.ts'
import { inHashingTurn, passwordMatches } from '../accounts/password.ts'
import type { Reader } from '../platform/database.ts'

/**
 * Whether the sample's accounts answer to this password. They keep the one of the first start, whatever the settings
 * say today. False where there is no sample bloc.
 */
export async function samplePasswordIs(db: Reader, password: string): Promise<boolean> {
  const account = await findAccount(db, 'vpdbqh.head')
  return account ? inHashingTurn(() => passwordMatches(password, account.passwordHash)) : false
}
