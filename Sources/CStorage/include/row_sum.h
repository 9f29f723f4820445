// Checksums of rows, as functions of SQLite.
#ifndef ROW_SUM_H
#define ROW_SUM_H

// Gives a connection (`sqlite3 *`) two functions:
//   row_sum(value…)                 a 64-bit sum of the values, their types and lengths; one changed bit changes it
//   row_holds(table, sum, value…)   1; fails with SQLITE_CORRUPT and the message `damaged row: <table>` if the sum is
//                                   not that of the values
// Returns SQLite's result code.
int row_sum_register(void *connection);

#endif
