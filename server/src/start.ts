import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// The way in of `npm start`: what was compiled at one start is not compiled again at the next.
enableCompileCache(join(import.meta.dirname, '../../.cache/compiled'))
await import('./main.ts')
