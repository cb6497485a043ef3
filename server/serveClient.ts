import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import express from 'express'
import type { ServeClient } from './app.ts'

const root = import.meta.url.endsWith('.ts') ? '../' : '../../'
export const PROJECT = fileURLToPath(new URL(root, import.meta.url))

/** The built pages. File names of assets carry their hash, so they never change; the page itself is asked for anew. */
export const serveBuiltClient: ServeClient = async (app) => {
  const folder = path.join(PROJECT, 'dist/client')
  if (!existsSync(path.join(folder, 'index.html'))) return
  app.use(
    '/assets',
    express.static(path.join(folder, 'assets'), {
      immutable: true,
      maxAge: '365d',
      fallthrough: false,
    }),
  )
  app.use(express.static(folder, { index: false, maxAge: 0 }))
  app.get('/{*page}', (_req, res) => {
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
