import type { Config } from './config.ts'
import type { Module } from './kernel/module.ts'
import type { Program } from './kernel/program.ts'
import type { World } from './kernel/world.ts'

/** Makes the demonstration region once, module by module in their order; a region that is there stays as it is. */
export async function makeRegion(world: World, modules: readonly Module[]): Promise<void> {
  for (const m of modules) await m.demo?.(world)
}

/** Prints where the product answers. */
export function announce(_program: Program, config: Config): void {
  process.stdout.write(`\n同脉 Tongmai  ${config.publicUrl}\n`)
}
