package io.eventsourcing.spring.slice;

import org.springframework.stereotype.Service;

/** Something of the program's that is no application, and needs much that is not there in a slice. */
@Service
class Bookkeeping {

    String invoice() {
        return "an invoice";
    }
}
