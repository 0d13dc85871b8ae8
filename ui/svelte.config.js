// Runes everywhere; accessibility warnings are errors through `npm run check`.
export default { compilerOptions: { runes: true } };
