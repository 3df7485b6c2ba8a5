import Primitives

/// Finds what stands at a path: literal segments before named places, which are never empty.
struct RouteTable: Sendable {
    enum Route: Sendable {
        case endpoint(EndpointTable.Operation)
        case page(PageEndpoint)
        case interaction(FHIRInteraction)
        /// An answer of the service itself, by its operation name.
        case service(String, @Sendable () async throws -> Reply)

        var operationID: String {
            switch self {
            case .endpoint(let operation): operation.endpoint.operationID
            case .page(let page): page.operationID
            case .interaction(let interaction): interaction.operationID
            case .service(let name, _): name
            }
        }

        /// Who may ask for it, of those who have signed in; `nil` where nobody needs to.
        var roles: Set<Role>? {
            switch self {
            case .endpoint(let operation): operation.endpoint.isOpen ? nil : operation.endpoint.roles
            case .interaction(let interaction): interaction.isOpen ? nil : interaction.roles
            case .page, .service: nil
            }
        }
    }

    enum Match: Sendable {
        case found(Route, [String: String])
        case wrongMethod(allowed: [String])
        case nothing
    }

    private struct Node: Sendable {
        var literals: [String: Node] = [:]
        /// Zero or one: the node behind a named place.
        var place: [Node] = []
        /// By method, each with its own names for the places on the way.
        var routes: [String: (route: Route, names: [String])] = [:]
    }

    private var root = Node()

    /// - Throws: ``ConflictingEndpoints`` when the place is taken.
    mutating func add(_ route: Route, method: String, path: PathTemplate) throws {
        try Self.add(route, method, path.segments[...], path, to: &root)
    }

    private static func add(
        _ route: Route, _ method: String, _ rest: ArraySlice<PathTemplate.Segment>, _ path: PathTemplate, to node: inout Node
    ) throws {
        switch rest.first {
        case .literal(let text)?: try add(route, method, rest.dropFirst(), path, to: &node.literals[text, default: Node()])
        case .parameter?:
            if node.place.isEmpty { node.place = [Node()] }
            try add(route, method, rest.dropFirst(), path, to: &node.place[0])
        case nil:
            guard node.routes[method] == nil else { throw ConflictingEndpoints(description: "\(method) \(path)") }
            node.routes[method] = (route, path.parameters.map(\.name))
        }
    }

    /// - Parameter segments: the parts of the path, decoded. HEAD finds what GET finds.
    func match(_ method: String, _ segments: [String]) -> Match {
        var allowed: Set<String> = []
        if let (route, names, values) = Self.find(method == "HEAD" ? "GET" : method, segments[...], [], in: root, &allowed) {
            return .found(route, Dictionary(zip(names, values)) { first, _ in first })
        }
        if allowed.contains("GET") { allowed.insert("HEAD") }
        return allowed.isEmpty ? .nothing : .wrongMethod(allowed: allowed.sorted())
    }

    private static func find(
        _ method: String, _ rest: ArraySlice<String>, _ values: [String], in node: Node, _ allowed: inout Set<String>
    ) -> (Route, [String], [String])? {
        guard let segment = rest.first else {
            allowed.formUnion(node.routes.keys)
            return node.routes[method].map { ($0.route, $0.names, values) }
        }
        if let next = node.literals[segment], let found = find(method, rest.dropFirst(), values, in: next, &allowed) {
            return found
        }
        guard !segment.isEmpty, let place = node.place.first else { return nil }
        return find(method, rest.dropFirst(), values + [segment], in: place, &allowed)
    }
}
