import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App, ConfigProvider } from 'antd'
import { useEffect, useMemo } from 'react'
import { kernelWords } from '../kernel/kernel-words.ts'
import { joinWords } from '../kernel/lazily.ts'
import type { StaffModule } from '../kernel/module.ts'
import { readCache } from '../kernel/read-cache.ts'
import { Refused } from '../kernel/refused.ts'
import { fillsOf, SlotProvider } from '../kernel/slot.tsx'
import { webWords } from '../kernel/web-words.ts'
import { registerWords, useLanguage } from '../kernel/words.ts'
import { localeOf } from '../ui/locale.ts'
import { popupPlace } from '../ui/popup-place.ts'
import { showBrightness, themeOf, useBrightness } from '../ui/theme.ts'
import { Door } from './door.tsx'
import { Fence } from './fence.tsx'
import { staffRouter } from './staff-router.tsx'

const queries = new QueryClient({
  queryCache: readCache(),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      retry: (times, error) => times < 2 && error instanceof Refused && error.passing,
    },
  },
})

/** The staff's app: everything around the pages that the modules give. */
export function StaffApp({ modules }: { modules: readonly StaffModule[] }) {
  const into = useLanguage()
  const brightness = useBrightness()
  const fills = useMemo(() => fillsOf(modules), [modules])
  const router = useMemo(() => {
    registerWords(webWords, kernelWords)
    joinWords(modules)
    return staffRouter(modules)
  }, [modules])
  useEffect(showBrightness, [])
  useEffect(() => {
    document.documentElement.lang = into === 'zh' ? 'zh-CN' : 'en'
  }, [into])
  const session = modules.find((module) => module.session)?.session
  return (
    <ConfigProvider
      theme={themeOf(brightness)}
      locale={localeOf(into)}
      button={{ autoInsertSpace: false }}
      getPopupContainer={popupPlace}
    >
      <App>
        <Fence>
          <QueryClientProvider client={queries}>
            <SlotProvider value={fills}>
              {session && (
                <Door source={session}>
                  <RouterProvider router={router} />
                </Door>
              )}
            </SlotProvider>
          </QueryClientProvider>
        </Fence>
      </App>
    </ConfigProvider>
  )
}
