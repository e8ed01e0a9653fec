process.stdout.write('0desk 0.1.0\n');
