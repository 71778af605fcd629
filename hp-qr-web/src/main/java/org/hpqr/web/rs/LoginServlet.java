package org.hpqr.web.rs;

import jakarta.servlet.annotation.HttpConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hpqr.spi.WebAccess;

/**
 * Where a browser is sent to log in, if the container has a login: it does not let anybody through to here who has none. From
 * here it goes to the page that was asked for. A challenge of the container is for a path with a constraint only; all others are
 * without one, as in a server that has no login they are open.
 */
@WebServlet(WebAccess.LOGIN_PATH)
@ServletSecurity(@HttpConstraint(rolesAllowed = "**"))
public class LoginServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect(target(request.getContextPath(), request.getParameter(WebAccess.LOGIN_TARGET)));
    }

    /** Within this application only: a link to the login must not lead to another server. */
    static String target(String contextPath, String asked) {
        return asked != null && asked.startsWith(contextPath + '/') && asked.chars().noneMatch(Character::isISOControl) ? asked
                : contextPath + '/';
    }
}
