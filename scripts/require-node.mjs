// Runs before everything else, on whatever Node the host has: plain JavaScript, old syntax.
const major = Number(process.versions.node.split('.')[0])

if (major < 24) {
  console.error(
    `Tongmai needs Node 24 or newer and found ${process.version}: run \`npm install\` (it brings Node 26), or install Node 24 for ${process.platform}-${process.arch}.`,
  )
  process.exit(1)
}
