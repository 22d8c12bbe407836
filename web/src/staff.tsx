import { createRoot } from 'react-dom/client'
import { StaffApp } from './shell/staff-app.tsx'
import { staffModules } from './staff-modules.ts'

const place = document.getElementById('app')
if (place) createRoot(place).render(<StaffApp modules={staffModules} />)
