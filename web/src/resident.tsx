import { createRoot } from 'react-dom/client'
import { residentModules } from './resident-modules.ts'

const place = document.getElementById('app')
if (place) createRoot(place).render(<p>{residentModules.length}</p>)
