// Looks again while articles wait to be read: each look reads some.

setTimeout(() => location.reload(), 2000);
