import { existsSync } from 'node:fs'
import { startWorkersFrom } from '../../server/platform/startWorker.ts'

/**
 * Hundreds of tests start a server of their own; its threads come from what buildOnce.ts has built. Where nothing is
 * built, as in the copies that bugs are planted in, they come from the source.
 */
const built = new URL('../../dist/server/', import.meta.url)
if (existsSync(new URL('sqliteWriter.js', built))) startWorkersFrom(built)
