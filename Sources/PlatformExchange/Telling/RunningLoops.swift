import Primitives
import Synchronization

/// The loops that run, by whose account they are for.
final class RunningLoops: Sendable {
    struct Key: Hashable, Sendable {
        let consortium: ConsortiumID
        let platform: String
    }

    private let loops = Mutex<[Key: (account: RegisteredAccount, loop: AccountLoop)]>([:])

    /// Whether the account has no loop yet; one of an account that has changed since is stopped.
    func isNew(_ key: Key, _ account: RegisteredAccount) -> Bool {
        let old = loops.withLock { $0[key] }
        guard let old, old.account != account else { return old == nil }
        old.loop.stop()
        return true
    }

    func add(_ loop: AccountLoop, for key: Key, _ account: RegisteredAccount) { loops.withLock { $0[key] = (account, loop) } }

    /// Wakes the loops of a consortium, or all of them.
    func ring(_ consortium: ConsortiumID?) {
        let rung = loops.withLock { loops in loops.filter { consortium == nil || $0.key.consortium == consortium }.map(\.value.loop)
        }
        for loop in rung { loop.bell.yield() }
    }
}
