import './scheme.ts';

// The entry. It stays small so that the scheme is registered before the whole program is loaded.
await import('./main.ts');
