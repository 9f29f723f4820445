#include "row_sum.h"

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

// Each step is a bijection of the state for a given word, so that two rows that differ in one word never agree.
static uint64_t mixed(uint64_t state, uint64_t word) {
    state = (state ^ word) * 0x9E3779B97F4A7C15u;
    return state ^ (state >> 29);
}

static uint64_t sum_of(int count, sqlite3_value **values) {
    uint64_t state = 0x243F6A8885A308D3u;
    for (int i = 0; i < count; i++) {
        int type = sqlite3_value_type(values[i]);
        state = mixed(state, (uint64_t)type);
        if (type == SQLITE_INTEGER) {
            state = mixed(state, (uint64_t)sqlite3_value_int64(values[i]));
        } else if (type == SQLITE_FLOAT) {
            double number = sqlite3_value_double(values[i]);
            uint64_t bits;
            memcpy(&bits, &number, 8);
            state = mixed(state, bits);
        } else if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
            const unsigned char *bytes =
                type == SQLITE_TEXT ? sqlite3_value_text(values[i]) : sqlite3_value_blob(values[i]);
            size_t length = (size_t)sqlite3_value_bytes(values[i]);
            state = mixed(state, (uint64_t)length);
            for (; length >= 8; length -= 8, bytes += 8) {
                uint64_t word;
                memcpy(&word, bytes, 8);
                state = mixed(state, word);
            }
            if (length) {
                uint64_t word = 0;
                memcpy(&word, bytes, length);
                state = mixed(state, word);
            }
        }
    }
    return state;
}

static void row_sum(sqlite3_context *context, int count, sqlite3_value **values) {
    sqlite3_result_int64(context, (sqlite3_int64)sum_of(count, values));
}

static void row_holds(sqlite3_context *context, int count, sqlite3_value **values) {
    if (count > 2 && sqlite3_value_type(values[1]) == SQLITE_INTEGER &&
        (uint64_t)sqlite3_value_int64(values[1]) == sum_of(count - 2, values + 2)) {
        sqlite3_result_int(context, 1);
        return;
    }
    char text[128];
    snprintf(text, sizeof text, "damaged row: %s", count > 0 ? (const char *)sqlite3_value_text(values[0]) : "");
    sqlite3_result_error(context, text, -1);
    sqlite3_result_error_code(context, SQLITE_CORRUPT);
}

int row_sum_register(void *connection) {
    int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    int code = sqlite3_create_function_v2(connection, "row_sum", -1, flags, NULL, row_sum, NULL, NULL, NULL);
    if (code != SQLITE_OK) return code;
    return sqlite3_create_function_v2(connection, "row_holds", -1, flags, NULL, row_holds, NULL, NULL, NULL);
}
