import { existsSync } from 'node:fs'
import type { Module } from './kernel/module.ts'
import { order } from './modules/order.ts'

const found: Module[] = []
for (const { name } of order) {
  const face = new URL(`modules/${name}/index.ts`, import.meta.url)
  if (!existsSync(face)) continue
  try {
    const loaded = (await import(face.href)) as Record<string, Module>
    if (loaded[name]) found.push(loaded[name])
  } catch (error) {
    process.stderr.write(`module ${name} does not load: ${error instanceof Error ? error.message : error}\n`)
  }
}

/** The modules of this program, foundations first. */
export const modules: readonly Module[] = found
