import Primitives

extension R4.CapabilityStatement {
    /// When what the server can do last changed.
    private static let changedOn = CalendarDate(day: 20_779)

    /// What this server can do.
    ///
    /// - Parameters:
    ///   - base: the address that every resource stands under.
    ///   - version: of the program.
    public init(base: String, version: String) {
        self.init()
        status = "active"
        date = .day(Self.changedOn)
        kind = "instance"
        var program = Software()
        program.name = "Lianyao"
        program.version = version
        software = program
        var place = Implementation()
        place.description = "联药：医联体药品管理"
        place.url = base
        implementation = place
        fhirVersion = "4.0.1"
        format = ["application/fhir+json", "json"]
        rest = [Self.server]
    }

    private static var server: Rest {
        var server = Rest()
        server.mode = "server"
        server.documentation = "Search answers at most \(SearchQuery.countMax) resources a page; follow the link next."
        var access = Security()
        access.description = "Authorization: Bearer, as everywhere in this service. Everybody sees their own consortium only."
        server.security = access
        server.resource = ResourceType.allCases.map(Self.resource)
        server.interaction = [Interaction("transaction")]
        return server
    }

    private static func resource(_ type: ResourceType) -> Resource {
        var resource = Resource()
        resource.type = type.rawValue
        let isCreated = type == .medicationRequest
        resource.interaction = ["read", "search-type"].map { Interaction($0) } + (isCreated ? [Interaction("create")] : [])
        resource.versioning = "no-version"
        if isCreated {
            resource.conditionalCreate = true
            resource.documentation =
                "A request is one line of a prescription; several of one prescription come as a transaction and share a groupIdentifier."
        }
        resource.searchParam = type.parameters.map { parameter in
            var described = SearchParam()
            described.name = parameter.name
            described.type = parameter.kind.rawValue
            described.documentation = "\(parameter.meaning.chinese) \(parameter.meaning.english)"
            return described
        }
        return resource
    }
}
