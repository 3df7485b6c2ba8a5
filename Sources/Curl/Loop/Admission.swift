/// Decides which request may begin: so many at one server, so many in all, each server's in the order they came, the servers in
/// turn. Knows neither clock nor network.
struct Admission<Request> {
    private struct Line {
        var waiting: [Request] = []
        /// Where `waiting` begins; what stands before it has begun.
        var first = 0
        var underWay = 0

        var count: Int { waiting.count - first }

        mutating func take() -> Request {
            defer {
                first += 1
                if first * 2 > waiting.count {
                    waiting.removeFirst(first)
                    first = 0
                }
            }
            return waiting[first]
        }
    }

    let perServerMax: Int
    let totalMax: Int
    let waitingMax: Int
    private var lines: [String: Line] = [:]
    /// Servers with a request that waits, in the order of their turns.
    private var turns: [String] = []
    private(set) var waiting = 0
    private(set) var underWay = 0

    init(perServerMax: Int, totalMax: Int, waitingMax: Int) {
        self.perServerMax = perServerMax
        self.totalMax = totalMax
        self.waitingMax = waitingMax
    }

    /// Puts a request at the end of its server's line; false when too many wait.
    mutating func add(_ request: Request, at server: String) -> Bool {
        guard waiting < waitingMax else { return false }
        var line = lines.removeValue(forKey: server) ?? Line()
        if line.count == 0 { turns.append(server) }
        line.waiting.append(request)
        lines[server] = line
        waiting += 1
        return true
    }

    /// The next request that may begin, which then is under way until ``end(at:)``.
    mutating func next() -> Request? {
        guard underWay < totalMax, let turn = turns.firstIndex(where: { (lines[$0]?.underWay ?? 0) < perServerMax }) else {
            return nil
        }
        let server = turns.remove(at: turn)
        guard var line = lines.removeValue(forKey: server) else { return nil }
        let request = line.take()
        line.underWay += 1
        if line.count > 0 { turns.append(server) }
        lines[server] = line
        waiting -= 1
        underWay += 1
        return request
    }

    mutating func end(at server: String) {
        underWay -= 1
        lines[server]?.underWay -= 1
        forget(server)
    }

    /// Takes a request out of its line; false when it does not wait.
    mutating func remove(at server: String, where isIt: (Request) -> Bool) -> Bool {
        guard let line = lines[server], let place = line.waiting[line.first...].firstIndex(where: isIt) else { return false }
        lines[server]?.waiting.remove(at: place)
        waiting -= 1
        if line.count == 1 { turns.removeAll { $0 == server } }
        forget(server)
        return true
    }

    /// Takes out everything that waits.
    mutating func removeAll() -> [Request] {
        let all = turns.flatMap { lines[$0].map { Array($0.waiting[$0.first...]) } ?? [] }
        for server in turns {
            lines[server]?.waiting = []
            lines[server]?.first = 0
            forget(server)
        }
        turns = []
        waiting = 0
        return all
    }

    private mutating func forget(_ server: String) {
        if let line = lines[server], line.count == 0, line.underWay == 0 { lines[server] = nil }
    }
}
