// A program that is started with stdin, stdout or stderr closed would give their numbers to the next files it opens, and
// print its results into them. Before anything else is opened, the missing ones become /dev/null.
#include <fcntl.h>
#include <unistd.h>

__attribute__((constructor(101))) static void open_missing_streams(void) {
    int descriptor;
    do {
        descriptor = open("/dev/null", O_RDWR);
    } while (descriptor >= 0 && descriptor < 3);
    if (descriptor >= 0) close(descriptor);
}
