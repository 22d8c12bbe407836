import type { ConfigProviderProps } from 'antd'
import * as english from 'antd/es/locale/en_US.js'
import * as chinese from 'antd/es/locale/zh_CN.js'
import type { Language } from '../kernel/words.ts'

type Locale = NonNullable<ConfigProviderProps['locale']>

// The files are ES modules, which their package does not say; hence the compiler takes `default` for one level more.
const only = (module: unknown): Locale => (module as { default: Locale }).default
const locales: Readonly<Record<Language, Locale>> = { zh: only(chinese), en: only(english) }

/** What Ant Design's components say by themselves. */
export const localeOf = (language: Language): Locale => locales[language]
