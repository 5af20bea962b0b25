"""The addresses. Nothing about a child stands in one: addresses are logged."""

from cases import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.contrib.staticfiles.views import serve
from django.urls import path

urlpatterns = [
    path("login/", LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("", views.cases, name="cases"),
    path("cases/<int:case>/", views.case, name="case"),
    path("cases/<int:case>/record.zip", views.record, name="record"),
    path("cases/<int:case>/people/", views.people, name="people"),
    path("assessments/<int:assessment>/", views.assessment, name="assessment"),
    path("assessments/<int:assessment>/renew/", views.renew, name="renew"),
    path("versions/<int:version>.<str:suffix>", views.version, name="version"),
    path("forms/<str:form>/<str:version>/style.css", views.style, name="style"),
    path("forms/<str:form>/<str:version>/form.json", views.definition, name="definition"),
    # Without DEBUG, Django serves no static files unless it is told to. In earnest a web server has them.
    path("static/<path:path>", login_not_required(serve), {"insecure": True}),
]
