import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import express from 'express'
import type { ServeClient } from './app.ts'
import { noSuchRoute } from './platform/http.ts'
import { precompressed } from './platform/precompressed.ts'

const root = import.meta.url.endsWith('.ts') ? '../' : '../../'
export const PROJECT = fileURLToPath(new URL(root, import.meta.url))

/** Addresses that no person opens: a monitor or a script gets an honest 404 there. */
const PROGRAMS_ONLY = /^\/(metrics|sync)(\/|$)/

/** The built pages. File names of assets carry their hash, so they never change; the page itself is asked for anew. */
export const serveBuiltClient: ServeClient = async (app) => {
  const folder = path.join(PROJECT, 'dist/client')
  if (!existsSync(path.join(folder, 'index.html'))) return
  const assets = path.join(folder, 'assets')
  app.use(
    '/assets',
    precompressed(assets),
    express.static(assets, {
      immutable: true,
      maxAge: '365d',
      fallthrough: false,
    }),
  )
  app.use(express.static(folder, { index: false, maxAge: 0 }))
  app.get('/{*page}', (req, res) => {
    // Names of the contract that are not built answer as what they are, not as a page.
    if (!req.accepts('html') || PROGRAMS_ONLY.test(req.path)) return noSuchRoute()
    res.set('Cache-Control', 'no-cache').sendFile(path.join(folder, 'index.html'))
  })
}

/** Hot reload on the same port. */
export const serveDevelopmentClient: ServeClient = async (app, server) => {
  const { createServer } = await import('vite')
  const vite = await createServer({
    configFile: path.join(PROJECT, 'vite.config.ts'),
    server: { middlewareMode: true, hmr: { server } },
    appType: 'spa',
  })
  app.use(vite.middlewares)
}
