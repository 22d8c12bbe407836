import { createRoot } from 'react-dom/client'
import { residentModules } from './resident-modules.ts'
import { ResidentApp } from './shell/resident-app.tsx'

const place = document.getElementById('app')
if (place) createRoot(place).render(<ResidentApp modules={residentModules} />)
