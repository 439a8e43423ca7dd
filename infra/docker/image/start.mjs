// Runs the app that the image was built for, in this very process: signals reach it.
await import(`./${process.env.CRIER_APP}/main.js`);
