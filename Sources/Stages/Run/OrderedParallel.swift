import Foundation

/// Work on several threads whose results are taken in order on the calling one.
///
/// At most `window` results wait at a time, so memory is bounded by the window, not by the number of items.
enum OrderedParallel {
    static func forEach<Item: Sendable, Result: Sendable, Worker>(
        _ items: [Item], jobs: Int, window: Int = 64, makeWorker: @escaping @Sendable () throws -> Worker,
        work: @escaping @Sendable (Worker, Item) throws -> Result, take: (Item, Result) throws -> Void
    ) throws {
        guard jobs > 1, items.count > 1 else {
            guard !items.isEmpty else { return }
            let worker = try makeWorker()
            for item in items { try take(item, try work(worker, item)) }
            return
        }
        let board = Board<Item, Result>(items, window: max(window, jobs))
        let threads = min(jobs, items.count)
        let done = DispatchGroup()
        for _ in 0..<threads {
            done.enter()
            let thread = Thread {
                defer { done.leave() }
                do {
                    let worker = try makeWorker()
                    while let (index, item) = board.next() { board.put(index, .success(try work(worker, item))) }
                } catch {
                    board.fail(error)
                }
            }
            // Workbooks nest deeper than the default half megabyte of a thread likes.
            thread.stackSize = 8 << 20
            thread.start()
        }
        defer {
            board.stop()
            done.wait()
        }
        for (index, item) in items.enumerated() { try take(item, try board.result(index)) }
    }

    /// Items handed out in order, results collected by index.
    private final class Board<Item: Sendable, Value: Sendable>: @unchecked Sendable {
        private let items: [Item]
        private let window: Int
        private let condition = NSCondition()
        private var handedOut = 0
        private var taken = 0
        private var results: [Int: Swift.Result<Value, any Error>] = [:]
        private var failure: (any Error)?
        private var isStopped = false

        init(_ items: [Item], window: Int) {
            self.items = items
            self.window = window
        }

        func next() -> (Int, Item)? {
            condition.lock()
            defer { condition.unlock() }
            while !isStopped, failure == nil, handedOut < items.count, handedOut >= taken + window { condition.wait() }
            guard !isStopped, failure == nil, handedOut < items.count else { return nil }
            handedOut += 1
            return (handedOut - 1, items[handedOut - 1])
        }

        func put(_ index: Int, _ result: Swift.Result<Value, any Error>) {
            condition.lock()
            results[index] = result
            condition.broadcast()
            condition.unlock()
        }

        func fail(_ error: any Error) {
            condition.lock()
            failure = failure ?? error
            condition.broadcast()
            condition.unlock()
        }

        func stop() {
            condition.lock()
            isStopped = true
            condition.broadcast()
            condition.unlock()
        }

        func result(_ index: Int) throws -> Value {
            condition.lock()
            defer { condition.unlock() }
            while true {
                if let result = results.removeValue(forKey: index) {
                    taken = index + 1
                    condition.broadcast()
                    return try result.get()
                }
                if let failure { throw failure }
                condition.wait()
            }
        }
    }
}
