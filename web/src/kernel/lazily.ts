import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Words } from './words.ts'
import { fetchWords, offerWords, registerWords } from './words.ts'

interface Joining {
  readonly titles: Words
  readonly words: () => Promise<Words>
}

/** Makes the modules' titles known at once, and says where the rest of their words is. */
export function joinWords(modules: readonly Joining[]): void {
  for (const { titles, words } of modules) {
    registerWords(titles)
    offerWords(titles.module, words)
  }
}

/** A part of a module that is fetched when it is first drawn, and its words with it. */
export const lazily = <Props extends object>(
  module: Joining,
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> =>
  lazy(async () => {
    const [Part] = await Promise.all([load(), fetchWords(module.titles.module)])
    return { default: Part }
  })
