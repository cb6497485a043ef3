import '@fontsource/be-vietnam-pro/400.css'
import '@fontsource/be-vietnam-pro/600.css'
import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Entrance } from './app/Entrance.tsx'
import './app/i18n/entranceWords.ts'
import { restoreLanguage } from './base/dictionary.ts'
import { restoreTheme } from './base/theme.ts'

restoreTheme()
restoreLanguage()
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
createRoot(root).render(
  <StrictMode>
    <Entrance />
  </StrictMode>,
)
