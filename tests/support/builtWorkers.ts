import { startWorkersFrom } from '../../server/platform/startWorker.ts'

/** Hundreds of tests start a server of their own; its threads come from what buildOnce.ts has built. */
startWorkersFrom(new URL('../../dist/server/', import.meta.url))
